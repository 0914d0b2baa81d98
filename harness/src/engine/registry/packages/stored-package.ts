/** How the record of a function or of a layer refers to a package in the code store, and the schema of this reference. Pure. */
import { z } from "zod";

export interface StoredPackage {
  /** The SHA-256 of the zip, in base64 as the API shows it. */
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
