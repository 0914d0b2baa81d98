/** A function as the registry stores it. Configurations use the API's own member names, because they are stored to be sent back. */
import type { ApplicationLogLevel, SystemLogLevel, LogFormat } from "../../../words/platform-words.ts";
import type { AttachedLayer } from "../layers/attached-layers.ts";
import type { StoredPackage } from "../packages/stored-package.ts";
import type { PolicyStatement } from "../policy/policy-statement.ts";
import type { RecordForm } from "../record-folder.ts";

export interface LoggingConfig {
  readonly LogFormat: LogFormat;
  readonly ApplicationLogLevel?: ApplicationLogLevel;
  readonly SystemLogLevel?: SystemLogLevel;
  readonly LogGroup: string;
}

/** What a customer can set, after validation and defaults. */
export interface FunctionSettings {
  readonly Runtime: string;
  readonly Role: string;
  readonly Handler: string;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment: Readonly<Record<string, string>> | null;
  readonly TracingMode: "Active" | "PassThrough";
  readonly EphemeralStorageMb: number;
  readonly LoggingConfig: LoggingConfig;
  readonly VpcConfig: {
    readonly SubnetIds: readonly string[];
    readonly SecurityGroupIds: readonly string[];
    readonly Ipv6AllowedForDualStack: boolean;
  } | null;
  readonly DeadLetterTargetArn: string | null;
  readonly KMSKeyArn: string | null;
  /** The layers in the order in which they are merged: a file of a later layer replaces a file of an earlier one. */
  readonly Layers: readonly AttachedLayer[];
  /** Set at creation only. Null if the function does not isolate tenants. */
  readonly TenancyConfig: { readonly TenantIsolationMode: "PER_TENANT" } | null;
}

export interface FunctionVersion {
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly settings: FunctionSettings;
  readonly code: StoredPackage;
  readonly architectures: readonly string[];
  readonly lastModified: string;
  readonly revisionId: string;
  readonly state: "Pending" | "Active";
  readonly lastUpdate: "none" | "InProgress" | "Successful";
  /**
   * For a published version: the description that `$LATEST` had when the version was published. The version's own description is in
   * `settings`.
   */
  readonly latestDescription?: string;
  /** How many calls of UpdateFunctionCode led to this version. Absent means none. */
  readonly codeUpdates?: number;
}

export interface FunctionAlias {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RevisionId: string;
  /** A second version and its share of the invocations. Null if the alias names one version. */
  readonly additional: AdditionalVersion | null;
}

interface AdditionalVersion {
  readonly version: string;
  /** 0 to 1. */
  readonly weight: number;
}

/** How asynchronous invocations are handled; absent members have Lambda's defaults. */
export interface EventInvokeConfig {
  /** Epoch milliseconds. */
  readonly lastModified: number;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  /** The ARNs of the functions that get the record of an invocation: after its success, or after its last attempt failed. */
  readonly destinations?: { readonly OnSuccess?: string; readonly OnFailure?: string };
}

export interface ProvisionedRequest {
  readonly lastModified: string;
  readonly requested: number;
}

export interface FunctionRecord {
  readonly schemaVersion: 1;
  readonly name: string;
  /** The fleet's key for the function: its name, or `name@region` if a function of another Region had that name first. */
  readonly fleetKey: string;
  readonly region: string;
  readonly accountId: string;
  /** Grows with every update of `$LATEST` (FunctionSnapshot.generation). */
  generation: number;
  latest: FunctionVersion;
  /** The published versions in ascending order. */
  versions: readonly FunctionVersion[];
  /** A number is never used twice, even after a deletion. */
  nextVersion: number;
  aliases: readonly FunctionAlias[];
  tags: Readonly<Record<string, string>>;
  reservedConcurrency: number | null;
  /** `Terminate` or `Allow`. */
  recursiveLoop: string;
  /** The policies by qualifier; the function's own policy has the key `$LATEST`. */
  policies: Readonly<Record<string, readonly PolicyStatement[]>>;
  /** The revision of each policy, by the same keys. A policy in an older file has no revision until it changes. */
  policyRevisions: Readonly<Record<string, string>>;
  /** The key is a qualifier: `$LATEST`, a version or an alias. */
  eventInvokeConfigs: Readonly<Record<string, EventInvokeConfig>>;
  /** The key is a qualifier: a version or an alias. */
  provisioned: Readonly<Record<string, ProvisionedRequest>>;
}

export const FUNCTION_FORM: RecordForm<FunctionRecord> = {
  what: "a function",
  schema: async () => (await import("./record-schema.ts")).functionSchema,
  nameOf: ({ name }) => name,
  keyOf: ({ fleetKey }) => fleetKey,
};
