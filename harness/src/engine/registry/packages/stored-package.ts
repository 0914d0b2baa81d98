/** A deployment package or a layer in the code store, as records name it, and its form in their files. Pure. */
import { z } from "zod";

export interface StoredPackage {
  /** SHA-256 of the zip, base64: what the API shows. */
  readonly codeSha256: string;
  readonly codeSize: number;
  /** Folder name in the code store. */
  readonly folder: string;
  readonly unzippedSize: number;
}

export const storedPackage = z.object({
  codeSha256: z.string(),
  codeSize: z.number(),
  folder: z.string().regex(/^[0-9a-f]{64}$/),
  // What an earlier version of the engine kept does not say it.
  unzippedSize: z.number().default(0),
});
