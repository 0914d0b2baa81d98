/** What a function is to a test: the types, and nothing that runs. Times end in Ms and are milliseconds. */
import type { EnvironmentState } from "../domain/platform-words.ts";
import type { InvocationOutcome } from "../domain/invocation.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { Ending, Placement, Selector } from "../domain/plan.ts";
import type { FunctionResult } from "../domain/run-result.ts";

/** One execution environment, as it was when it was looked at. */
export interface Environment {
  /** Its log stream. */
  readonly id: string;
  readonly state: EnvironmentState;
  /** Stopped, as an idle environment always is. */
  readonly frozen: boolean;
  readonly invocations: number;
  /** Connections to the peer that are open at the peer's side, also those of a process that ended in silence. */
  readonly openConnections: number;
  /** Grows with every update; environments of an older generation are never invoked. */
  readonly generation: number;
}

export interface InvokeOptions {
  /**
   * Where it goes: a rule (`most-recent` idle environment, the default; `oldest`, `newest`, `new` for a fresh one although an idle
   * one exists), or one environment.
   */
  readonly placement?: Placement | Environment;
}

export interface Invocation {
  /** False: the function failed, was throttled, or its environment ended under it; `outcome` says which. */
  readonly ok: boolean;
  readonly outcome: InvocationOutcome;
  /** What the handler returned, parsed; null where it failed. */
  readonly payload: unknown;
  readonly requestId: string | null;
  /** Id of the environment that ran it; null where it is gone. */
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
  /** Runs the Init phase of a fresh environment with nobody waiting: INIT without INVOKE, unless it is invoked later. */
  initialiseAhead(): Promise<Environment & { readonly initialised: boolean }>;
  /** Never throws for what the function does. Throws a LongrunError "usage" for an environment that has ended. */
  invoke(event?: unknown, options?: InvokeOptions): Promise<Invocation>;
  /** Lets so much time pass with every environment frozen; invocations are held meanwhile. */
  freeze(lengthMs: number): Promise<void>;
  /**
   * Ends environments as the platform does and resolves when they are gone. `fin`: their connections close properly; `rst`: are reset;
   * `silence`: the peer is not told and goes on holding them. Returns the ids of those that ended; none: there was nothing to end.
   */
  retire(which?: Environment | Selector, options?: { readonly ending?: Ending }): Promise<readonly string[]>;
  /** Kills the runtime's process; the environment stays and repeats its Init inside its next invocation. */
  crash(which?: Environment | Selector): Promise<readonly string[]>;
  /** A new generation; environments of the old one live until retired and are never invoked again. */
  update(change?: FunctionChange): Promise<void>;
  /** Those that have not ended, in the order in which they were made. */
  environments(): readonly Environment[];
  /** Every log event so far, over the CloudWatch Logs API. */
  logs(): Promise<readonly LogRecord[]>;
  /** The judgement of everything that happened so far, as in result.json: verdict, harm, exposures, findings. */
  analyze(): Promise<FunctionResult>;
  /** A picture of everything so far: a column for each environment, time from the top. */
  swimLane(): Promise<string>;
  /** Throws a LifecycleExpectationError, with the picture, where an invocation failed because another environment held the peer. */
  expectUnharmed(): Promise<void>;
  /** Throws a LifecycleExpectationError, with the picture, where none did. */
  expectHarmed(): Promise<void>;
  /** Runs your own expectations; where one throws, its message ends with the picture. Any assertion library will do. */
  check<Result>(body: () => Result | Promise<Result>): Promise<Result>;
}
