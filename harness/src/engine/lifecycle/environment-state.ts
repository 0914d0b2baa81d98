/**
 * The life of one execution environment as a pure state machine: what state it is in, which moves that state allows, and what has to be
 * done because of a move (docs/aws/lifecycle.md). Every move is illegal until a state allows it. The shell (execution-environment.ts)
 * carries out the effects in their order; this file knows no process, no clock and no socket.
 */
export type LifecycleState =
  | { readonly name: "created" }
  /** `phase: "init"`: the Init phase, nobody is waiting. `phase: "invoke"`: Init repeated inside an invocation ("suppressed init"). */
  | { readonly name: "initialising"; readonly phase: "init" | "invoke" }
  /** `initialised: false`: no process; the next invocation repeats Init first (after a failed Init, a time-out, a crash). */
  | { readonly name: "idle"; readonly initialised: boolean }
  | { readonly name: "invoking"; readonly answered: boolean }
  | { readonly name: "resetting"; readonly during: "init" | "idle" | "invoke" }
  | { readonly name: "shutting-down" }
  | { readonly name: "ended" };

export type LifecycleMove =
  | "start"
  /** The runtime and all extensions have asked for their next event. */
  | "everyone-ready"
  /** The runtime or an extension reported that it could not initialise. */
  | "init-error"
  /** A process of the environment ended by itself, or was ended from outside. */
  | "process-exit"
  /** The 10 s Init limit or the function time-out has passed. */
  | "deadline"
  | "invoke"
  /** The runtime posted its response or error. */
  | "answer"
  /** All processes that an effect had to stop are gone. */
  | "processes-gone"
  | "retire"
  /** The engine ends, or the environment vanishes: no Shutdown phase. */
  | "destroy";

export type LifecycleEffect =
  | "log-init-start"
  | "start-processes"
  | "arm-init-limit"
  | "arm-function-timeout"
  | "disarm"
  | "freeze"
  | "thaw"
  | "log-init-done"
  | "log-init-failed"
  | "log-start"
  | "deliver-event"
  | "hold-or-send-answer"
  | "log-end"
  | "send-answer"
  /** Reset: Shutdown phase for the reason, then all processes are ended; the environment stays. */
  | "stop-processes"
  /** The invocation's end and answer after a reset. */
  | "log-failed-end"
  | "settle-init"
  /** Shutdown phase with its budget, links by the ending. */
  | "shut-down"
  /** No Shutdown phase: the environment vanishes in mid-work. */
  | "destroy"
  | "break-invocation"
  | "remove";

export interface Transition {
  readonly state: LifecycleState;
  readonly effects: readonly LifecycleEffect[];
}

export const CREATED: LifecycleState = { name: "created" };

const to = (state: LifecycleState, ...effects: LifecycleEffect[]): Transition => ({ state, effects });
const idle = (initialised: boolean): LifecycleState => ({ name: "idle", initialised });

/** Null: this state does not allow that move. */
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
      return move === "retire" || move === "destroy" ? to({ name: "ended" }, "settle-init", "remove") : null;
    case "initialising":
      return state.phase === "init" ? duringInit(move) : duringRepeatedInit(move);
    case "idle":
      return whileIdle(state.initialised, move);
    case "invoking":
      return duringInvoke(state.answered, move);
    case "resetting":
      return whileResetting(state, move);
    case "shutting-down":
      if (move === "process-exit") return to(state);
      // A Shutdown phase that is cut short by the engine's end.
      if (move === "destroy") return to(state, "destroy");
      return move === "processes-gone" ? to({ name: "ended" }, "settle-init", "remove") : null;
    case "ended":
      return null;
  }
}

function duringInit(move: LifecycleMove): Transition | null {
  switch (move) {
    case "everyone-ready":
      return to(idle(true), "disarm", "freeze", "log-init-done", "settle-init");
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
            "thaw",
            "arm-function-timeout",
            "log-start",
            "deliver-event",
          )
        : to({ name: "initialising", phase: "invoke" }, "arm-function-timeout", "start-processes");
    case "process-exit":
      return initialised ? to({ name: "resetting", during: "idle" }, "stop-processes") : null;
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
      return answered ? null : to({ name: "invoking", answered: true }, "hold-or-send-answer");
    case "everyone-ready":
      return answered ? to(idle(true), "disarm", "freeze", "log-end", "send-answer") : null;
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
      if (state.during === "init") return to(idle(false), "log-init-failed", "settle-init");
      return state.during === "idle" ? to(idle(false)) : to(idle(false), "log-failed-end", "send-answer");
    case "process-exit":
      return to(state);
    case "retire":
    case "destroy":
      return state.during === "invoke"
        ? to({ name: "shutting-down" }, "break-invocation", "destroy")
        : to({ name: "shutting-down" }, "destroy");
    default:
      return null;
  }
}
