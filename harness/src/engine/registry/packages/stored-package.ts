/** A deployment package or a layer in the code store: how records refer to it, and its schema in their files. Pure. */
import { z } from "zod";

export interface StoredPackage {
  /** The SHA-256 of the zip in base64, which the API shows. */
  readonly codeSha256: string;
  readonly codeSize: number;
  /** The name of the folder in the code store. */
  readonly folder: string;
  readonly unzippedSize: number;
}

export const storedPackage = z.object({
  codeSha256: z.string(),
  codeSize: z.number(),
  folder: z.string().regex(/^[0-9a-f]{64}$/),
  // Files of an earlier version of the engine do not have this member.
  unzippedSize: z.number().default(0),
});
