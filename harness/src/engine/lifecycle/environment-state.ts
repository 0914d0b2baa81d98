/** The states of one execution environment, the moves that each state allows, and the effects of each move (docs/aws/lifecycle.md). */
import type { LifecycleEffect } from "./lifecycle-effect.ts";
import type { LifecycleMove } from "./lifecycle-move.ts";

export type LifecycleState =
  | { readonly name: "created" }
  /** `phase: "init"`: the Init phase, before any invocation is given to the environment. `phase: "invoke"`: Init repeated inside an invocation
   * ("suppressed init"). */
  | { readonly name: "initialising"; readonly phase: "init" | "invoke" }
  /** `initialised: false` (after a failed Init, a time-out or a crash): no process runs, so the next invocation first repeats Init. */
  | { readonly name: "idle"; readonly initialised: boolean }
  | { readonly name: "invoking"; readonly answered: boolean }
  | { readonly name: "resetting"; readonly during: "init" | "idle" | "invoke" }
  | { readonly name: "shutting-down" }
  | { readonly name: "ended" };

export interface Transition {
  readonly state: LifecycleState;
  readonly effects: readonly LifecycleEffect[];
}

export const CREATED: LifecycleState = { name: "created" };

const to = (state: LifecycleState, ...effects: LifecycleEffect[]): Transition => ({ state, effects });
const idle = (initialised: boolean): LifecycleState => ({ name: "idle", initialised });

/** Returns null if the state does not allow the move. */
export function transition(state: LifecycleState, move: LifecycleMove): Transition | null {
  switch (state.name) {
    case "created":
      if (move === "start") {
        return to(
          { name: "initialising", phase: "init" },
          "log-init-start",
          "arm-init-limit",
          "start-processes",
        );
      }
      return move === "retire" || move === "destroy"
        ? to({ name: "ended" }, "settle-init-failed", "remove")
        : null;
    case "initialising":
      return whileInitialising(state, move);
    case "idle":
      return whileIdle(state.initialised, move);
    case "invoking":
      return duringInvoke(state.answered, move);
    case "resetting":
      return whileResetting(state, move);
    case "shutting-down":
      if (move === "process-exit") return to(state);
      if (move === "memory-exceeded") return to(state, "kill-runtime");
      // An engine that ends cuts the Shutdown phase short.
      if (move === "destroy") return to(state, "destroy");
      return move === "processes-gone" ? to({ name: "ended" }, "settle-init-failed", "remove") : null;
    case "ended":
      return null;
  }
}

function whileInitialising(
  state: LifecycleState & { name: "initialising" },
  move: LifecycleMove,
): Transition | null {
  switch (move) {
    case "extension-registered":
      return to(state, "start-runtime");
    case "runtime-ready":
      return to(state, "log-runtime-initialised");
    case "memory-exceeded":
      return to(state, "kill-runtime");
    default:
      return state.phase === "init" ? duringInit(move) : duringRepeatedInit(move);
  }
}

function duringInit(move: LifecycleMove): Transition | null {
  switch (move) {
    case "everyone-ready":
      return to(idle(true), "disarm", "freeze", "log-init-done", "settle-init-succeeded");
    case "init-error":
    case "process-exit":
    case "deadline":
      return to({ name: "resetting", during: "init" }, "disarm", "stop-processes");
    case "retire":
    case "destroy":
      return to({ name: "shutting-down" }, "disarm", "destroy");
    default:
      return null;
  }
}

function duringRepeatedInit(move: LifecycleMove): Transition | null {
  switch (move) {
    case "everyone-ready":
      return to({ name: "invoking", answered: false }, "log-init-done", "log-start", "deliver-event");
    case "init-error":
    case "process-exit":
    case "deadline":
      return to({ name: "resetting", during: "invoke" }, "disarm", "stop-processes");
    case "retire":
    case "destroy":
      return to({ name: "shutting-down" }, "disarm", "break-invocation", "destroy");
    default:
      return null;
  }
}

function whileIdle(initialised: boolean, move: LifecycleMove): Transition | null {
  switch (move) {
    case "invoke":
      return initialised
        ? to(
            { name: "invoking", answered: false },
            // The event is delivered before the thaw, so that the runtime wakes only once.
            "deliver-event",
            "thaw",
            "arm-function-timeout",
            "log-start",
          )
        : to(
            { name: "initialising", phase: "invoke" },
            "arm-function-timeout",
            "log-repeated-init-start",
            "start-processes",
          );
    case "process-exit":
      return initialised ? to({ name: "resetting", during: "idle" }, "stop-processes") : null;
    case "memory-exceeded":
      return initialised ? to(idle(true), "kill-runtime") : null;
    case "retire":
      return to({ name: "shutting-down" }, "shut-down");
    case "destroy":
      return to({ name: "shutting-down" }, "destroy");
    default:
      return null;
  }
}

function duringInvoke(answered: boolean, move: LifecycleMove): Transition | null {
  switch (move) {
    case "answer":
      return answered ? null : to({ name: "invoking", answered: true }, "give-answer");
    case "everyone-ready":
      return answered ? to(idle(true), "disarm", "freeze", "log-end", "send-answer") : null;
    case "memory-exceeded":
      return to({ name: "invoking", answered }, "kill-runtime");
    case "process-exit":
    case "deadline":
      return to({ name: "resetting", during: "invoke" }, "disarm", "stop-processes");
    case "retire":
    case "destroy":
      return to({ name: "shutting-down" }, "disarm", "break-invocation", "destroy");
    default:
      return null;
  }
}

function whileResetting(
  state: LifecycleState & { name: "resetting" },
  move: LifecycleMove,
): Transition | null {
  switch (move) {
    case "processes-gone":
      if (state.during === "init") return to(idle(false), "log-init-failed", "settle-init-failed");
      return state.during === "idle" ? to(idle(false)) : to(idle(false), "log-failed-end", "send-answer");
    case "process-exit":
      return to(state);
    case "memory-exceeded":
      return to(state, "kill-runtime");
    case "retire":
    case "destroy":
      return state.during === "invoke"
        ? to({ name: "shutting-down" }, "break-invocation", "destroy")
        : to({ name: "shutting-down" }, "destroy");
    default:
      return null;
  }
}
