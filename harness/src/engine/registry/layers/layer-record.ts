/** A layer as the engine stores it. A version never changes, apart from its policy. The number of a deleted version is never used again. */
import type { PolicyStatement } from "../policy/policy-statement.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
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

export const LAYER_FORM: RecordForm<LayerRecord> = {
  what: "a layer",
  schema: async () => (await import("./layer-schema.ts")).layerSchema,
  nameOf: ({ name }) => name.slice(0, 100),
  keyOf: ({ name, region }) => `${region}/${name}`,
};
