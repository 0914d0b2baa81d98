/** What the steps of a running soak share. */
import type { InvocationTarget } from "../provoke/provoked-function.ts";
import type { LongrunError } from "../base/errors.ts";
import type { Manifest } from "../record/manifest.ts";
import type { RunningEngine } from "./ports/engine-launcher.ts";
import type { FunctionFacts } from "./ports/function-driver.ts";
import type { RunningPeer } from "./ports/peer-launcher.ts";
import type { ChangedFunction } from "../provoke/changed-function.ts";
import type { EngineRecords } from "./engine-records.ts";
import type { FailureWatch } from "./failure-watch.ts";
import type { LogCollector } from "./log-collector.ts";
import type { Recorder } from "./recorder.ts";
import type { RequestSettlement } from "./request-settlement.ts";
import type { SignIn } from "./sign-in.ts";
import type { FunctionInput, LambdaService, SoakInput, SoakPorts } from "./soak-input.ts";

export interface SoakFunction {
  readonly input: FunctionInput;
  /** Has what the run changed of the function and has not undone. */
  readonly changed: ChangedFunction;
  readonly facts: FunctionFacts;
  readonly peer: RunningPeer | null;
  readonly collector: LogCollector;
  /** Null if the peer itself writes its log into the run directory, or has no log. */
  readonly peerCollector: LogCollector | null;
  readonly settlement: RequestSettlement;
  readonly failures: FailureWatch;
  /** Log streams, as far as the log was read. */
  readonly environments: Set<string>;
}

export interface Soak {
  readonly input: SoakInput;
  readonly ports: SoakPorts;
  readonly recorder: Recorder;
  readonly engine: RunningEngine | null;
  readonly service: LambdaService;
  readonly functions: readonly SoakFunction[];
  /** Null on AWS. */
  engineRecords: EngineRecords | null;
  /** Gives the platform the rest of its plan, from now on. Returns how many entries are left out. Null except during the drive. */
  reloadPlan: (() => Promise<number>) | null;
  /** Resolves to what is invoked next. Null if nothing is provoked. */
  nextOf: ((one: SoakFunction) => Promise<InvocationTarget>) | null;
  /** Why something that the run changed is not as it was before. */
  undoFailure: LongrunError | null;
  readonly manifest: Manifest;
  readonly signIn: SignIn;
  /** Why the run is refused, if the first invocations show that it cannot succeed (refuse-unloadable.ts, refuse-silent-copy.ts). */
  refused: LongrunError | null;
}

/** The steps that end what the soak has started. They run in the reverse order of their `add`, however the soak ends. */
export class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = [];

  add(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /** Runs every step, then throws the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
