/** The states of one execution environment, the moves that each state allows, and the effects of each move (docs/aws/lifecycle.md). */
import type { InvocationFailure } from "./invocation-failure.ts";

/** What can happen to an execution environment: what its parts report, and what the fleet asks for. */
export type LifecycleMove =
  | "start"
  | "extension-registered"
  /** The runtime has asked for its next event. */
  | "runtime-ready"
  /** The runtime and all extensions have asked for their next event. */
  | "everyone-ready"
  /** The runtime or an extension reported that it could not initialise. */
  | "init-error"
  /**
   * A process of the environment has ended, or an extension reported an error after the Init. During a reset or a Shutdown phase this has
   * no effect, because the processes are being stopped then.
   */
  | "process-exit"
  /** The environment uses more memory than its function's memory size. */
  | "memory-exceeded"
  /** The Init limit or the function time-out has passed. */
  | "deadline"
  | "invoke"
  /** The runtime posted its response or error. */
  | "answer"
  /** All processes that an effect had to stop have ended. */
  | "processes-gone"
  | "retire"
  /** The environment ends immediately, without a Shutdown phase, for example because the engine ends. */
  | "destroy";

/**
 * How the parts of an environment report a move. Returns false if the state refuses it. Only the first `failure` is kept, but a time-out
 * replaces it.
 */
export type OfferMove = (move: LifecycleMove, failure?: InvocationFailure) => boolean;

/** What the environment does after a move of its state machine. */
export type LifecycleEffect =
  | "log-init-start"
  /** Logs the start of an Init for which an invocation waits. */
  | "log-repeated-init-start"
  /** Starts a boot: the external extensions, and the runtime as soon as it may start. */
  | "start-processes"
  /** Starts the runtime, unless it runs already or an external extension still has to register. */
  | "start-runtime"
  /** Kills the runtime's process, because the environment uses too much memory. */
  | "kill-runtime"
  | "arm-init-limit"
  | "arm-function-timeout"
  | "disarm"
  | "freeze"
  | "thaw"
  /** Logs that the runtime's part of the Init has succeeded. */
  | "log-runtime-initialised"
  | "log-init-done"
  | "log-init-failed"
  | "log-start"
  | "deliver-event"
  /** Gives the runtime's answer to a caller that need not wait for the end of the phase. */
  | "give-answer"
  | "log-end"
  | "send-answer"
  /** Resets the environment: runs a Shutdown phase, in which extensions get the reason, and ends all processes. The environment stays. */
  | "stop-processes"
  /** Logs the end of an invocation that a reset ended. */
  | "log-failed-end"
  | "settle-init-succeeded"
  /** Reports that the Init phase failed. Has no effect if the Init phase has succeeded before. */
  | "settle-init-failed"
  /** Runs the Shutdown phase within its budget, then ends the environment's connections as `Ending` says. */
  | "shut-down"
  /** Kills all processes of the environment immediately, without a Shutdown phase. */
  | "destroy"
  | "break-invocation"
  | "remove";

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
