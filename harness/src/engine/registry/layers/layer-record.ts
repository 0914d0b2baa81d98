/** A layer as the engine stores it. Its versions never change, and the number of a deleted version is never used again. */
import { z } from "zod";
import type { PolicyStatement } from "../policy/policy-statement.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import { storedPackage } from "../packages/stored-package.ts";
import { policyStatement } from "../policy/policy-statement.ts";
import type { RecordForm } from "../record-folder.ts";

export interface LayerVersion {
  readonly version: number;
  readonly Description: string;
  readonly CompatibleRuntimes?: readonly string[];
  readonly CompatibleArchitectures?: readonly string[];
  readonly LicenseInfo?: string;
  readonly CreatedDate: string;
  readonly code: StoredPackage;
  readonly policy: { readonly revisionId: string; readonly statements: readonly PolicyStatement[] } | null;
}

export interface LayerRecord {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** The versions in ascending order. */
  versions: readonly LayerVersion[];
  nextVersion: number;
}

const version = z.object({
  version: z.number().int().positive(),
  Description: z.string(),
  CompatibleRuntimes: z.array(z.string()).optional(),
  CompatibleArchitectures: z.array(z.string()).optional(),
  LicenseInfo: z.string().optional(),
  CreatedDate: z.string(),
  code: storedPackage,
  policy: z.object({ revisionId: z.string(), statements: z.array(policyStatement) }).nullable(),
});

export const LAYER_FORM: RecordForm<LayerRecord> = {
  what: "a layer",
  schema: z.object({
    schemaVersion: z.literal(1),
    name: z.string().regex(/^[a-zA-Z0-9-_]{1,140}$/),
    region: z.string(),
    accountId: z.string(),
    versions: z.array(version),
    nextVersion: z.number().int(),
  }),
  nameOf: ({ name }) => name.slice(0, 100),
  keyOf: ({ name, region }) => `${region}/${name}`,
};
