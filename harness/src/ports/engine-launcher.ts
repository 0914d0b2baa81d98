/** Starts a local engine of a run's own. */
export interface RunningEngine {
  readonly endpoint: string;
  readonly isolation: "namespaces" | "none";
  /** Resolves when it has ended, whoever ended it, with its last words. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface EngineLauncher {
  start(signal: AbortSignal): Promise<RunningEngine>;
}
