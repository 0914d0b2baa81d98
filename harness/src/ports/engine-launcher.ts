/** Starts a local engine of a run's own. */
import type { IsolationKind } from "../domain/isolation.ts";
export interface RunningEngine {
  readonly endpoint: string;
  readonly isolation: IsolationKind;
  /** Resolves when it has ended, whoever ended it, with its last words. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface EngineLauncher {
  start(signal: AbortSignal): Promise<RunningEngine>;
}
