/** What has to be done because of a move. environment-state.ts decides it, execution-environment.ts carries it out. */
export type LifecycleEffect =
  | "log-init-start"
  /** The Init that an invocation waits for. */
  | "log-repeated-init-start"
  /** Starts a boot: the external extensions, and the runtime as soon as it may start. */
  | "start-processes"
  /** Starts the runtime unless it runs, or an external extension has yet to register. */
  | "start-runtime"
  /** Ends the runtime's process, for the memory that the environment uses. */
  | "kill-runtime"
  | "arm-init-limit"
  | "arm-function-timeout"
  | "disarm"
  | "freeze"
  | "thaw"
  /** The runtime's part of the Init has succeeded. */
  | "log-runtime-initialised"
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
  | "settle-init-succeeded"
  /** Changes nothing if the Init phase succeeded before. */
  | "settle-init-failed"
  /** Shutdown phase with its budget, links by the ending. */
  | "shut-down"
  /** No Shutdown phase: the environment vanishes in mid-work. */
  | "destroy"
  | "break-invocation"
  | "remove";
