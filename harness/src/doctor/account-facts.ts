/** What doctor knows about an AWS account and its functions. */
import type { FunctionKind } from "../words/function-kinds.ts";
import type { LogFormat } from "../words/platform-words.ts";

export type Seen<Value> =
  | { readonly seen: true; readonly value: Value }
  | {
      readonly seen: false;
      readonly why: "denied" | "absent" | "signed-out" | "unreachable" | "other";
      /** The IAM action that was needed, such as lambda:GetFunctionConfiguration. */
      readonly action: string;
      readonly text: string;
    };

export interface SeenFunction {
  readonly name: string;
  readonly configuration: Seen<FunctionConfigurationFacts>;
  /** The value is null if nothing is reserved. */
  readonly reservedConcurrency: Seen<number | null>;
  readonly logGroup: Seen<SeenLogGroup>;
  /** Null for the engine, which has no metrics. */
  readonly metrics: Seen<true> | null;
  /** What the levers of --provoke need, as far as it was asked for. Empty if the function cannot be read. */
  readonly levers: readonly Seen<true>[];
}

export interface FunctionConfigurationFacts {
  readonly functionArn: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly lastUpdateStatus: string | null;
  readonly lastUpdateReason: string | null;
  readonly logGroup: string;
  readonly logFormat: LogFormat;
  readonly systemLogLevel: string | null;
  readonly applicationLogLevel: string | null;
  readonly kinds: readonly FunctionKind[];
}

export interface SeenLogGroup {
  /** Null if the log is kept for ever. */
  readonly retentionDays: number | null;
  /** STANDARD, or a class whose events this API does not return. */
  readonly logClass: string;
}

export interface AccountFacts {
  readonly region: string;
  readonly credentials: Seen<{ readonly accessKeyId: string; readonly expiration: string | null }>;
  readonly limits: Seen<{ readonly concurrent: number; readonly unreserved: number }>;
  readonly functions: readonly SeenFunction[];
}
