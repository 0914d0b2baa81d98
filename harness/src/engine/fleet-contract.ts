/**
 * The interface of the fleet: the part of the engine that has all execution environments. Nothing else starts, freezes or ends an
 * environment.
 */
import type { EnvironmentState, InitializationType, ThrottleReason } from "../words/platform-words.ts";
import type { IsolationKind } from "../words/isolation.ts";
import type { EndedEnvironment } from "../record/ended-environment.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { Ending, Placement, Selector } from "../record/plan.ts";
import type { FunctionSnapshot } from "./function-snapshot.ts";

export interface ResponseSink {
  /** Resolves when the caller has room for more, or is gone. */
  write(chunk: Buffer): Promise<void>;
}

export interface InvokeRequest {
  readonly requestId: string;
  readonly payload: Buffer;
  /** The ARN, with the qualifier that the caller gave. */
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** The client context as decoded JSON text, or null. */
  readonly clientContext: string | null;
  /** The tenant for which the function is invoked. Its environments serve no other tenant. */
  readonly tenantId?: string;
  /**
   * If true, the answer waits for the end of the Invoke phase: for LogType Tail, or if the caller's next invocation must find the
   * environment idle.
   */
  readonly waitForPhaseEnd?: boolean;
  /** Set for InvokeWithResponseStream. The sink receives a streamed response, which is then not in the answer's payload. */
  readonly sink?: ResponseSink;
  /**
   * Called when the runtime has answered, before the Invoke phase has ended and its end is logged. See `invoke` and `settled`. Not called
   * with `waitForPhaseEnd`, nor if the fleet was opened with `answerAtPhaseEnd`.
   */
  onResult?: (result: InvokeResult) => void;
}

export type InvokeResult =
  /** The runtime answered, or the platform answered for it (time-out, crash). */
  | {
      readonly kind: "answered";
      /** For a streamed response, the payload has only the error that ended the response. */
      readonly payload: Buffer;
      readonly contentType: string;
      readonly functionError: "Unhandled" | null;
      readonly executedVersion: string;
      readonly environment: string;
      /** With `waitForPhaseEnd` the last 4 KiB of the invocation's log, as LogType Tail returns it (not base64); else empty. */
      readonly logTail: Buffer;
    }
  | {
      readonly kind: "throttled";
      /** Null if the function may have no further environment for a tenant. */
      readonly reason: ThrottleReason | null;
    }
  /**
   * The environment ended during the invocation, the engine is closing, or it cannot write its logs: the Lambda API answers 500
   * ServiceException.
   */
  | { readonly kind: "broken"; readonly message: string };

export interface EnvironmentDescription {
  /** The name of the environment's log stream, which is the environment's id everywhere. */
  readonly environment: string;
  readonly functionName: string;
  readonly version: string;
  readonly generation: number;
  /** The only tenant that the environment serves, from its first invocation on. */
  readonly tenantId?: string;
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
  /** How many connections of the environment's link are open at the peer. */
  readonly openConnections: number;
}

/** The environment for one invocation: chosen by a rule, or given by its id. */
export type Destination = { readonly placement: Placement } | { readonly environment: string };

export interface AheadOptions {
  /**
   * If true (`ahead-elsewhere`), no invocation is placed in the environment. It lives until it is retired by its id or together with all
   * environments.
   */
  readonly reserved?: boolean;
  /** Default `$LATEST`. */
  readonly version?: string;
  /** True for provisioned concurrency: the function sees it in its variables, and invocations of its version prefer the environment. */
  readonly provisioned?: boolean;
}

export interface AheadResult {
  readonly environment: string;
  readonly succeeded: boolean;
  /** Resolves when the environment has ended. */
  readonly ended?: Promise<void>;
}

export interface Fleet {
  /** Whether the user gave the command that starts the runtime clients of families such as Ruby and .NET. */
  readonly launches: boolean;
  /** Announces a function or a new generation of it. Environments of the old generation are not touched. */
  put(snapshot: FunctionSnapshot): void;
  /** Ends all environments of a function and forgets the function. */
  remove(functionName: string): Promise<void>;
  /** Ends all environments of a published version and forgets the version; the function stays. */
  removeVersion(functionName: string, version: string): Promise<void>;
  /** Null removes the reserved concurrency; 0 refuses every invocation. */
  setReservedConcurrency(functionName: string, reserved: number | null): void;
  /** `allocated` is how many invocations at a time the provisioned environments of a version can take. */
  setProvisionedConcurrency(functionName: string, version: string, allocated: number): void;
  setPlacement(functionName: string, placement: Placement): void;
  /** Places only the next invocation at this destination, whether that invocation is new or held. */
  placeNext(functionName: string, destination: Destination): void;

  /**
   * Runs one invocation to its end, even if the caller disconnects. Resolves when the end of the Invoke phase is logged, but at most
   * `phaseEndWaitMs` after the runtime's answer, and at once after it if an extension listens to INVOKE. Waits first until the function is
   * settled (`settled`).
   */
  invoke(functionName: string, version: string, request: InvokeRequest): Promise<InvokeResult>;
  /**
   * Resolves when `invoke` has resolved for all invocations whose answers were given (`onResult`). To be awaited before any other request
   * is answered, because a caller that has its answer expects an idle environment and a complete log.
   */
  settled(): Promise<void>;
  /**
   * Resolves when what the processes have written so far is in the logs. A function that writes more than the engine can store at once has
   * lines that wait.
   */
  logged(): Promise<void>;

  /** Starts an environment of the current generation. Resolves when its Init has succeeded or failed and the environment is frozen. */
  initialiseAhead(functionName: string, options?: AheadOptions): Promise<AheadResult>;

  /** Waits for the invocation in flight and holds later ones until `release` is called. */
  hold(functionName: string): Promise<{ release(): void }>;
  /**
   * Ends the environments that `which` names by id or by a selector, or all of the function. Resolves when their processes have ended and,
   * for `fin` and `rst`, when their links have seen the peer close (at most `peerCloseTimeoutMs`). Returns the ids of the environments that
   * ended.
   */
  retire(
    functionName: string,
    which: { readonly selector: Selector } | { readonly environment: string } | { readonly every: true },
    ending: Ending,
  ): Promise<readonly string[]>;
  /** Kills the runtime process. The environment stays and is reset. Returns the ids of the environments that were reset. */
  crash(
    functionName: string,
    which: { readonly selector: Selector } | { readonly environment: string },
  ): Promise<readonly string[]>;

  environments(functionName?: string): readonly EnvironmentDescription[];
  invocationsEnded(functionName: string): number;
  /** Returns the link records from index `from` on. */
  linkRecords(from: number): { readonly records: readonly LinkLogRecord[]; readonly next: number };
  /** Returns the ended environments from index `from` on, except those that ended because the engine closed. */
  ends(from: number): { readonly records: readonly EndedEnvironment[]; readonly next: number };
  readonly isolation: IsolationKind;
  /** What an operator should know about this machine, for example that memory is not enforced. */
  readonly notices: readonly string[];
  /** Ends everything; resolves when no process is left. */
  close(): Promise<void>;
}
