/** Starts a local engine of a run's own. */
import type { IsolationKind } from "../domain/isolation.ts";
export interface RunningEngine {
  readonly endpoint: string;
  readonly isolation: IsolationKind;
  /** Resolves when the engine has ended, for whatever reason, with the end of its error output. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface EngineLauncher {
  start(signal: AbortSignal): Promise<RunningEngine>;
}
