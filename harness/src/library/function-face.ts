/** A function as a test sees it: types, without code. Names of lengths of time end in Ms. */
import type { EnvironmentState } from "../words/platform-words.ts";
import type { InvocationOutcome } from "../record/invocation.ts";
import type { Lever } from "../words/lever.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { Ending, Placement, Selector } from "../record/plan.ts";
import type { FunctionResult } from "../result/function-result.ts";

/** The state of one execution environment at the time of the call. */
export interface Environment {
  /** The id of the environment, which is its log stream. */
  readonly id: string;
  readonly state: EnvironmentState;
  /** Whether its processes are stopped, as in every idle environment. */
  readonly frozen: boolean;
  readonly invocations: number;
  /** The number of connections that are open at the peer's side, including connections of a process that ended without closing them. */
  readonly openConnections: number;
  /** The generation, which grows with every update. Environments of an older generation are never invoked. */
  readonly generation: number;
}

export interface InvokeOptions {
  /**
   * Where the invocation goes: to one environment, or to the environment that a rule chooses. `most-recent`, the default, `oldest` and
   * `newest` choose among the idle environments. `new` makes a new environment even if an idle one exists.
   */
  readonly placement?: Placement | Environment;
}

export interface Invocation {
  /** False if the function failed or was throttled, or if its environment ended during the invocation. `outcome` says which. */
  readonly ok: boolean;
  readonly outcome: InvocationOutcome;
  /** The parsed result of the handler. Null if the invocation failed. */
  readonly payload: unknown;
  readonly requestId: string | null;
  /** The id of the environment that ran the invocation. Null if the environment has ended, or if the invocation was throttled. */
  readonly environment: string | null;
}

export interface RetireOptions {
  /** Default `fin`. */
  readonly ending?: Ending;
}

export interface FunctionChange {
  /** The new code: a zip, folder or source file. Default: the code stays the same. */
  readonly code?: string;
  /** Variables that are added to the function's variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface FunctionUnderTest {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the Init phase of a new environment without an invocation that waits for it. If the environment is never invoked, this is an INIT
   * without INVOKE.
   */
  initialiseAhead(): Promise<Environment & { readonly initialised: boolean }>;
  /**
   * Invokes the function. Resolves at the end of the Invoke phase, or, if an extension listens to INVOKE, already when the runtime has
   * answered. Never throws because of what the function does. Throws a LongrunError "usage" for an environment that has ended.
   */
  invoke(event?: unknown, options?: InvokeOptions): Promise<Invocation>;
  /** Keeps every environment frozen for this time. Invocations wait meanwhile. */
  freeze(lengthMs: number): Promise<void>;
  /**
   * Ends environments as the platform does, and resolves when they have ended. `fin`: their connections are closed properly. `rst`: their
   * connections are reset. `silence`: nothing is sent to the peer, so the peer keeps the connections open. Returns the ids of the
   * environments that ended.
   */
  retire(which?: Environment | Selector, options?: RetireOptions): Promise<readonly string[]>;
  /** Kills the runtime's process. The environment stays and repeats its Init inside its next invocation. */
  crash(which?: Environment | Selector): Promise<readonly string[]>;
  /** Begins a new generation. Environments of the old generation live until they are retired, and are never invoked again. */
  update(change?: FunctionChange): Promise<void>;
  /**
   * Makes a second environment through the Lambda API, as `longrun soak --provoke` does on AWS. `versions` publishes two versions, and each
   * `invoke` runs the next of them in turn. `update` gives the function a new description before the second invocation. `provisioned`
   * initialises an environment of a version that is never invoked. `tenants` invokes for two tenants in turn, and needs `isolatesTenants`. It ends with `unprovoke`, `update` or `engine.close`.
   */
  provoke(...levers: readonly Lever[]): Promise<void>;
  /** Undoes what `provoke` changed: versions, description, concurrency. Does nothing if there is nothing to undo. */
  unprovoke(): Promise<void>;
  /** The environments that have not ended, in the order in which they were made. */
  environments(): readonly Environment[];
  /** Returns every log event so far, read through the CloudWatch Logs API. */
  logs(): Promise<readonly LogRecord[]>;
  /** Judges everything that happened so far. The result is as in result.json: verdict, harm, exposures, findings. */
  analyze(): Promise<FunctionResult>;
  /** Draws everything that happened so far: a column for each environment, time from top to bottom. */
  swimLane(): Promise<string>;
  /**
   * Proves that the function is not harmed. Throws a LifecycleExpectationError, with the picture, if an invocation failed because another
   * environment held the peer, or if nothing is proved: there was no exposure, or no invocation exchanged anything with the peer after it.
   */
  expectUnharmed(): Promise<void>;
  /** Throws a LifecycleExpectationError, with the picture, unless the verdict is pass. This also asks that the design has no flaw. */
  expectPass(): Promise<void>;
  /** Throws a LifecycleExpectationError, with the picture, if no invocation failed because another environment held the peer. */
  expectHarm(): Promise<void>;
  /** Runs your own expectations, with any assertion library. If one throws, the picture is added to its message. */
  check<Result>(body: () => Result | Promise<Result>): Promise<Result>;
}
