/** The schema of a layer's file. Pure. */
import { z } from "zod";
import { storedPackage } from "../packages/stored-package.ts";
import { policyStatement } from "../policy/policy-statement.ts";

const version = z.object({
  version: z.number().int().positive(),
  Description: z.string(),
  CompatibleRuntimes: z.array(z.string()).exactOptional(),
  CompatibleArchitectures: z.array(z.string()).exactOptional(),
  LicenseInfo: z.string().exactOptional(),
  CreatedDate: z.string(),
  code: storedPackage,
  policy: z.object({ revisionId: z.string(), statements: z.array(policyStatement) }).nullable(),
});

export const layerSchema = z.object({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,140}$/),
  region: z.string(),
  accountId: z.string(),
  versions: z.array(version),
  nextVersion: z.number().int(),
});
