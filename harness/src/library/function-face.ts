/** A function as a test sees it: types, without code. Names of lengths of time end in Ms. */
import type { EnvironmentState } from "../domain/platform-words.ts";
import type { InvocationOutcome } from "../domain/invocation.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { Ending, Placement, Selector } from "../domain/plan.ts";
import type { FunctionResult } from "../domain/run-result.ts";

/** The state of one execution environment at the time of the call. */
export interface Environment {
  /** Its log stream. */
  readonly id: string;
  readonly state: EnvironmentState;
  /** Its processes are stopped, as in every idle environment. */
  readonly frozen: boolean;
  readonly invocations: number;
  /** Connections that are open at the peer's side, also those of a process that ended without closing them. */
  readonly openConnections: number;
  /** Grows with every update; environments of an older generation are never invoked. */
  readonly generation: number;
}

export interface InvokeOptions {
  /**
   * Where the invocation goes: a rule (the `most-recent` idle environment, which is the default; `oldest`; `newest`; `new` for a fresh one
   * even if an idle one exists), or one environment.
   */
  readonly placement?: Placement | Environment;
}

export interface Invocation {
  /** False if the function failed, was throttled, or its environment ended during the invocation; `outcome` says which. */
  readonly ok: boolean;
  readonly outcome: InvocationOutcome;
  /** What the handler returned, parsed; null if it failed. */
  readonly payload: unknown;
  readonly requestId: string | null;
  /** Id of the environment that ran it; null if that environment has ended. */
  readonly environment: string | null;
}

export interface FunctionChange {
  /** A zip, folder or source file; default: the code stays. */
  readonly code?: string;
  /** Added to the function's variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface FunctionUnderTest {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the Init phase of a fresh environment without an invocation that waits for it: INIT without INVOKE, unless it is invoked later.
   */
  initialiseAhead(): Promise<Environment & { readonly initialised: boolean }>;
  /** Never throws because of what the function does. Throws a LongrunError "usage" for an environment that has ended. */
  invoke(event?: unknown, options?: InvokeOptions): Promise<Invocation>;
  /** Keeps every environment frozen for this long; invocations wait meanwhile. */
  freeze(lengthMs: number): Promise<void>;
  /**
   * Ends environments as the platform does and resolves when they are gone. `fin`: their connections close properly; `rst`: are reset;
   * `silence`: nothing is sent to the peer, which keeps them open. Returns the ids of the environments that ended.
   */
  retire(which?: Environment | Selector, options?: { readonly ending?: Ending }): Promise<readonly string[]>;
  /** Kills the runtime's process; the environment stays and repeats its Init inside its next invocation. */
  crash(which?: Environment | Selector): Promise<readonly string[]>;
  /** Begins a new generation; environments of the old one live until they are retired, and are never invoked again. */
  update(change?: FunctionChange): Promise<void>;
  /** The environments that have not ended, in the order in which they were made. */
  environments(): readonly Environment[];
  /** Every log event so far, read through the CloudWatch Logs API. */
  logs(): Promise<readonly LogRecord[]>;
  /** The judgement of everything that happened so far, as in result.json: verdict, harm, exposures, findings. */
  analyze(): Promise<FunctionResult>;
  /** A picture of everything so far: a column for each environment, time from the top. */
  swimLane(): Promise<string>;
  /** Throws a LifecycleExpectationError, with the picture, if an invocation failed because another environment held the peer. */
  expectUnharmed(): Promise<void>;
  /** Throws a LifecycleExpectationError, with the picture, if no invocation failed for this reason. */
  expectHarmed(): Promise<void>;
  /** Runs your own expectations, with any assertion library. If one throws, the picture is added to its message. */
  check<Result>(body: () => Result | Promise<Result>): Promise<Result>;
}
