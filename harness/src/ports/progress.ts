/** What a run shows while it goes; how it looks is the terminal's business. */
export interface DriveProgress {
  readonly elapsedMs: number;
  readonly totalMs: number;
  readonly planned: number;
  readonly succeeded: number;
  readonly functionErrors: number;
  readonly throttled: number;
  /** Invocation errors and unknown ends. */
  readonly otherErrors: number;
  readonly skipped: number;
  /** From the judgement of the evidence so far; null before the first one. */
  readonly environmentsAlive: number | null;
  readonly exposures: number | null;
  readonly harmed: number | null;
}

export interface Progress {
  /** A step of the run, once. */
  say(sentence: string): void;
  /** Often; shown as often as the place allows, and always when it is the last one. */
  drive(state: DriveProgress, last: boolean): void;
  /** Waiting for late logs. */
  settle(state: { readonly leftMs: number; readonly missing: number }): void;
}
