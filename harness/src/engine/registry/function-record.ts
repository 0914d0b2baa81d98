/**
 * A function as the registry keeps it. Configurations have the API's own member names, since they are stored to be
 * sent back; what AWS does not show (generation, package folder) stands beside them.
 */
export interface LoggingConfig {
  readonly LogFormat: "Text" | "JSON";
  readonly ApplicationLogLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  readonly SystemLogLevel?: "DEBUG" | "INFO" | "WARN";
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
}

/** A deployment package in the code store. */
export interface StoredPackage {
  /** SHA-256 of the zip, base64: what the API shows. */
  readonly codeSha256: string;
  readonly codeSize: number;
  /** Folder name in the code store. */
  readonly folder: string;
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
}

export interface FunctionAlias {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly AdditionalVersionWeights: Readonly<Record<string, number>>;
  readonly RevisionId: string;
}

export interface FunctionRecord {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Grows with every update of `$LATEST` (FunctionSnapshot.generation). */
  generation: number;
  latest: FunctionVersion;
  /** Ascending. */
  versions: readonly FunctionVersion[];
  /** Numbers are never used twice, also not after a deletion. */
  nextVersion: number;
  aliases: readonly FunctionAlias[];
  tags: Readonly<Record<string, string>>;
  reservedConcurrency: number | null;
}
