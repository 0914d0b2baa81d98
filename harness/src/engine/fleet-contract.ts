/**
 * What the fleet of execution environments offers. The HTTP APIs (aws-api), the registry, the conductor of plans and the library call it;
 * nothing else starts, freezes or ends an environment.
 */
import type { EnvironmentState, InitializationType } from "../domain/platform-words.ts";
import type { IsolationKind } from "../domain/isolation.ts";
import type { EndedEnvironment } from "../domain/ended-environment.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { Ending, Placement, Selector } from "../domain/plan.ts";
import type { FunctionSnapshot } from "./function-snapshot.ts";

/** Takes a streamed response while it comes. */
export interface ResponseSink {
  /** Resolves when the caller has room for more, or is gone. */
  write(chunk: Buffer): Promise<void>;
}

export interface InvokeRequest {
  readonly requestId: string;
  readonly payload: Buffer;
  /** ARN as the caller qualified it. */
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** Decoded JSON text of the client context, or null. */
  readonly clientContext: string | null;
  /** True (LogType Tail): the answer waits for the end of the Invoke phase, so that the tail holds END and REPORT. */
  readonly waitForPhaseEnd?: boolean;
  /** Given (InvokeWithResponseStream): a response that the function streams goes there, and the answer has no payload of it. */
  readonly sink?: ResponseSink;
}

export type InvokeResult =
  /** The runtime answered, or the platform answered for it (time-out, crash). */
  | {
      readonly kind: "answered";
      /** Of a streamed response only an error that ended it. */
      readonly payload: Buffer;
      readonly contentType: string;
      /** `Unhandled` where the function failed. */
      readonly functionError: "Unhandled" | null;
      readonly executedVersion: string;
      readonly environment: string;
      /** The last 4 KiB of the invocation's log, as LogType Tail returns it (not base64). */
      readonly logTail: Buffer;
    }
  | {
      readonly kind: "throttled";
      readonly reason:
        "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded";
    }
  /** The environment ended in mid-invocation, or the engine is closing: the Lambda API answers 500 ServiceException. */
  | { readonly kind: "broken"; readonly message: string };

export interface EnvironmentDescription {
  /** Log stream name: the environment's id everywhere. */
  readonly environment: string;
  readonly functionName: string;
  readonly version: string;
  readonly generation: number;
  readonly state: EnvironmentState;
  /** False while an invocation waits for a repeated Init, before its START. */
  readonly handlerRuns?: boolean;
  readonly frozen: boolean;
  readonly processId: number | null;
  readonly initializationType?: InitializationType;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly lastInvokeEndedAt: number | null;
  readonly invocations: number;
  /** Connections open at the peer side of its link. */
  readonly openConnections: number;
}

/** Where one invocation goes: a rule, or one environment by id. */
export type Destination = { readonly placement: Placement } | { readonly environment: string };

export interface AheadOptions {
  /** Kept from invocations until it is retired by name. */
  readonly reserved?: boolean;
  /** Default `$LATEST`. */
  readonly version?: string;
  /** By request (provisioned concurrency): it says so to its function, and invocations of its version prefer it. */
  readonly provisioned?: boolean;
}

export interface AheadResult {
  readonly environment: string;
  readonly succeeded: boolean;
  /** Resolves when the environment has ended. */
  readonly ended?: Promise<void>;
}

export interface Fleet {
  /** Announces a function or a new generation of it. Old environments stay as they are (frozen or finishing). */
  put(snapshot: FunctionSnapshot): void;
  /** Ends all environments of a function and forgets it. */
  remove(functionName: string): Promise<void>;
  /** Ends all environments of a published version and forgets it; the function stays. */
  removeVersion(functionName: string, version: string): Promise<void>;
  /** Null: none reserved. 0 refuses everything. */
  setReservedConcurrency(functionName: string, reserved: number | null): void;
  /** How many invocations of a version its provisioned environments can take at a time; they leave the reservation to the others. */
  setProvisionedConcurrency(functionName: string, version: string, allocated: number): void;
  /** The default rule for a function (platform profile). */
  setPlacement(functionName: string, placement: Placement): void;
  /** The next invocation that arrives or is held goes here, once. */
  placeNext(functionName: string, destination: Destination): void;

  /** Runs one invocation. `signal` is the caller going away: the function runs on. */
  invoke(functionName: string, version: string, request: InvokeRequest): Promise<InvokeResult>;

  /** Starts an environment of the current generation and resolves when its Init ended (well or not) and it is frozen. */
  initialiseAhead(functionName: string, options?: AheadOptions): Promise<AheadResult>;
  /** With `reserved: true` above, the environment is never chosen until it is retired (`ahead-elsewhere`). */

  /** Waits for the invocation in flight and holds later ones until `release` is called. */
  hold(functionName: string): Promise<{ release(): void }>;
  /**
   * Ends environments, named or by position, and resolves when each process is gone and, for `fin` and `rst`, when each of its
   * links has seen the peer close (at most `peerCloseTimeoutMs`). Returns those ended; empty: nothing to act on.
   */
  retire(
    functionName: string,
    which: { readonly selector: Selector } | { readonly environment: string } | { readonly every: true },
    ending: Ending,
  ): Promise<readonly string[]>;
  /** Kills the runtime process of an environment; the environment stays and is reset. Returns those acted on. */
  crash(
    functionName: string,
    which: { readonly selector: Selector } | { readonly environment: string },
  ): Promise<readonly string[]>;

  environments(functionName?: string): readonly EnvironmentDescription[];
  /** Resolves when the number of ended invocations of the function has grown by `count` (used by `ahead-elsewhere`). */
  invocationsEnded(functionName: string): number;
  /** Link records from index `from` on. */
  linkRecords(from: number): { readonly records: readonly LinkLogRecord[]; readonly next: number };
  /** Ends of environments from index `from` on, of whatever cause but the engine's own end. */
  ends(from: number): { readonly records: readonly EndedEnvironment[]; readonly next: number };
  readonly isolation: IsolationKind;
  /** What an operator should know about this machine (isolation fell back, memory not enforced): for ready line, manifest and report. */
  readonly notices: readonly string[];
  /** Ends everything; resolves when no process is left. */
  close(): Promise<void>;
}
