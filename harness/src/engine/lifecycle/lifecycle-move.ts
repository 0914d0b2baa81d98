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
