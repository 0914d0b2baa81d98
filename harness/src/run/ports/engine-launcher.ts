/** Starts a local engine for one run. */
import type { IsolationKind } from "../../words/isolation.ts";
export interface RunningEngine {
  readonly endpoint: string;
  readonly isolation: IsolationKind;
  /** Resolves when the engine has ended for any reason, with the last part of its error output. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

export interface EngineLauncher {
  start(signal: AbortSignal): Promise<RunningEngine>;
}
