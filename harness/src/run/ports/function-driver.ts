/** The part of the Lambda API that a soak needs, on AWS and on the local engine. */
import type { FunctionKind } from "../../words/function-kinds.ts";
import type { SignedOut } from "../../words/signed-out.ts";
import type { InvocationOutcome } from "../../record/invocation.ts";
import type { LogFormat } from "../../words/platform-words.ts";

export interface FunctionFacts {
  readonly functionArn: string;
  readonly logGroup: string;
  readonly runtime: string | null;
  readonly timeoutMs: number;
  /** ISO 8601 UTC. */
  readonly lastModified: string;
  readonly codeSha256: string | null;
  readonly logFormat: LogFormat;
  readonly systemLogLevel: string | null;
}

export interface InvocationAnswer {
  readonly outcome: InvocationOutcome;
  /** The header x-amzn-RequestId. Null if no answer had it. */
  readonly requestId: string | null;
  readonly executedVersion: string | null;
  /** The parsed payload of a success; null otherwise. */
  readonly payload: unknown;
  /** AWS did not accept the credentials. Nothing ran, and nothing will run until there are valid credentials. */
  readonly signedOut?: SignedOut;
}

export interface FunctionDriver {
  /** Throws a `LongrunError` "unavailable" if the function does not exist or the API does not answer. */
  look(functionName: string): Promise<FunctionFacts & { readonly kinds?: readonly FunctionKind[] }>;
  /** Null if nothing is reserved. */
  reservedConcurrency(functionName: string): Promise<number | null>;
  /** Never throws, because every failure is an outcome. `signal` ends the wait, but the function may keep running. */
  invoke(
    functionName: string,
    request: {
      readonly payload: Uint8Array;
      readonly functionTimeoutMs: number;
      /** Only for a function that isolates tenants. */
      readonly tenantId?: string;
    },
    signal: AbortSignal,
  ): Promise<InvocationAnswer>;
  close(): void;
}
