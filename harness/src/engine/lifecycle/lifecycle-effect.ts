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
