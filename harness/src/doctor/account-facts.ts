/** What is seen of an AWS account and the functions in it; how it is looked at is adapters/aws/account-look.ts. */

/** Something that was asked for: what came, or why nothing did. */
export type Seen<Value> =
  | { readonly seen: true; readonly value: Value }
  | {
      readonly seen: false;
      readonly why: "denied" | "absent" | "signed-out" | "unreachable" | "other";
      /** The IAM action that was needed: lambda:GetFunctionConfiguration. */
      readonly action: string;
      readonly text: string;
    };

export interface SeenFunction {
  readonly name: string;
  readonly configuration: Seen<FunctionConfigurationFacts>;
  /** Null value: none reserved. */
  readonly reservedConcurrency: Seen<number | null>;
  readonly logGroup: Seen<SeenLogGroup>;
  /** The package's files; an image or a package that is too large has none. */
  readonly code: Seen<CodeFacts>;
}

export interface FunctionConfigurationFacts {
  readonly functionArn: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly lastUpdateStatus: string | null;
  readonly lastUpdateReason: string | null;
  readonly runtime: string | null;
  readonly packageType: "Zip" | "Image";
  readonly handler: string | null;
  readonly logGroup: string;
  readonly logFormat: "Text" | "JSON";
  readonly systemLogLevel: string | null;
  readonly applicationLogLevel: string | null;
}

export interface SeenLogGroup {
  /** Null: kept for ever. */
  readonly retentionDays: number | null;
}

export type CodeFacts =
  | { readonly kind: "files"; readonly files: readonly CodeFile[] }
  /** It was not looked into, and why. */
  | { readonly kind: "closed"; readonly why: string };

export interface CodeFile {
  readonly path: string;
  readonly text: string;
}

export interface AccountFacts {
  readonly region: string;
  readonly credentials: Seen<{ readonly accessKeyId: string; readonly expiration: string | null }>;
  readonly limits: Seen<{ readonly concurrent: number; readonly unreserved: number }>;
  readonly functions: readonly SeenFunction[];
}
