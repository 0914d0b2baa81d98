/**
 * A model of a fleet (all execution environments of an engine) that has no processes. The pure state machine computes the states of the
 * environments, and its effects give the lines of the log streams. lifecycle-model.test.ts compares the engine with this model.
 */
import { CREATED, transition, type LifecycleState } from "../../../src/engine/lifecycle/environment-state.ts";
import type { LifecycleEffect } from "../../../src/engine/lifecycle/environment-state.ts";
import type { LifecycleMove } from "../../../src/engine/lifecycle/environment-state.ts";
import { place, type Candidate } from "../../../src/engine/scheduling/placement.ts";
import type { Placement } from "../../../src/record/plan.ts";

/** How the module behaves at its next Inits. */
export type InitBehaviour = "succeeds" | "throws" | "exits" | "hangs";

/** Marks in the model's lines where an Init is repeated. The log has no such line. */
export const REPEATED = "(repeated)";

export interface ModelEnvironment {
  /** The log stream of the environment, as the fleet reports it. */
  id: string;
  readonly sequence: number;
  readonly generation: number;
  state: LifecycleState;
  lines: string[];
  invocations: number;
  lastEnded: number | null;
  /** How the log reports the Init or the invocation that failed. */
  failure: string;
  bootHasExtension: boolean;
}

export class LifecycleModel {
  readonly environments: ModelEnvironment[] = [];
  readonly withExtension: boolean;
  generation = 1;
  init: InitBehaviour = "succeeds";
  #ended = 0;

  constructor(withExtension: boolean) {
    this.withExtension = withExtension;
  }

  live(): readonly ModelEnvironment[] {
    return this.environments.filter(({ state }) => state.name !== "ended");
  }

  idle(): readonly ModelEnvironment[] {
    return this.environments.filter(({ state }) => state.name === "idle");
  }

  inFlight(): readonly ModelEnvironment[] {
    return this.environments.filter(({ state }) => state.name === "invoking");
  }

  create(): ModelEnvironment {
    const environment: ModelEnvironment = {
      id: "",
      sequence: this.environments.length,
      generation: this.generation,
      state: CREATED,
      lines: [],
      invocations: 0,
      lastEnded: null,
      failure: "",
      bootHasExtension: false,
    };
    this.environments.push(environment);
    this.#must(environment, "start");
    return environment;
  }

  /** Returns the environment in which an invocation is placed; null for a new environment. */
  placed(placement: Placement): ModelEnvironment | null {
    const candidates = this.live().map((one): Candidate => ({
      id: String(one.sequence),
      sequence: one.sequence,
      reserved: false,
      lastEnded: one.lastEnded,
      current: one.generation === this.generation,
      state: one.state.name === "idle" ? "idle" : one.state.name === "invoking" ? "in-flight" : "other",
    }));
    const id = place(candidates, placement);
    return id === null ? null : (this.environments[Number(id)] ?? null);
  }

  /** Runs an Init, the first or a repeated one, to its end or until it hangs. Returns true if the Init succeeded. */
  initialise(environment: ModelEnvironment): boolean {
    if (this.init === "hangs") return false;
    environment.lines.push("boot");
    if (this.init === "succeeds") {
      environment.bootHasExtension = this.withExtension;
      this.#must(environment, "everyone-ready");
      return true;
    }
    environment.failure = this.init === "throws" ? "error Runtime.Unknown" : "error Runtime.ExitError";
    if (this.init === "throws") environment.lines.push("Uncaught Exception");
    this.#must(environment, this.init === "throws" ? "init-error" : "process-exit");
    if (this.init === "throws") this.#must(environment, "process-exit");
    this.#must(environment, "processes-gone");
    return false;
  }

  /** Runs an invocation until the handler begins. Returns false if the invocation failed or hangs before that. */
  invoke(environment: ModelEnvironment): boolean {
    this.#must(environment, "invoke");
    return environment.state.name === "initialising" ? this.initialise(environment) : true;
  }

  answer(environment: ModelEnvironment): void {
    this.#must(environment, "answer");
    this.#must(environment, "everyone-ready");
  }

  /** Ends the environment's processes, as an exit of a process or a time-out does. */
  fail(environment: ModelEnvironment, move: "process-exit" | "deadline", failure: string): void {
    environment.failure = failure;
    this.#must(environment, move);
    this.#must(environment, "processes-gone");
  }

  end(environment: ModelEnvironment, move: "retire" | "destroy"): void {
    this.#must(environment, move);
    this.#must(environment, "processes-gone");
  }

  #must(environment: ModelEnvironment, move: LifecycleMove): void {
    const next = transition(environment.state, move);
    if (next === null) throw new Error(`the machine refuses ${move} in ${JSON.stringify(environment.state)}`);
    const before = environment.state;
    environment.state = next.state;
    for (const effect of next.effects) this.#carryOut(environment, effect, { before, move });
  }

  #carryOut(
    environment: ModelEnvironment,
    effect: LifecycleEffect,
    { before, move }: { readonly before: LifecycleState; readonly move: LifecycleMove },
  ): void {
    const { lines } = environment;
    switch (effect) {
      case "log-init-start":
        lines.push("INIT_START");
        return;
      case "log-init-done":
        if (environment.bootHasExtension) lines.push("EXTENSION");
        return;
      case "log-init-failed":
        lines.push(`INIT_REPORT init ${environment.failure}`);
        return;
      case "log-start":
        lines.push("START");
        return;
      case "log-end":
        lines.push("END", "REPORT");
        return;
      case "log-failed-end":
        if (lines.lastIndexOf(REPEATED) > lines.lastIndexOf("START")) {
          lines.push(
            `INIT_REPORT invoke ${environment.failure === "timeout" ? "error Runtime.Unknown" : environment.failure}`,
            "START",
          );
        }
        lines.push("END", `REPORT ${environment.failure}`);
        return;
      case "stop-processes":
      case "shut-down":
        // SIGTERM reaches only a live process, and is sent only if there is an extension.
        if (environment.bootHasExtension && (move === "deadline" || move === "retire")) lines.push("SIGTERM");
        environment.bootHasExtension = false;
        return;
      case "send-answer":
      case "break-invocation":
        environment.invocations += 1;
        this.#ended += 1;
        environment.lastEnded = this.#ended;
        return;
      case "start-processes":
        if (before.name === "idle") lines.push(REPEATED);
        return;
      default:
        return;
    }
  }
}
