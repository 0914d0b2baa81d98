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
  /** The latest judgement of the evidence so far; null before the first one. */
  readonly judged: JudgedSoFar | null;
}

export interface JudgedSoFar {
  /** How long the run had lasted when its evidence was taken. */
  readonly asOfMs: number;
  readonly environmentsAlive: number;
  readonly exposures: number;
  readonly harmed: number;
}

export interface Progress {
  /** A step of the run, once. */
  say(sentence: string): void;
  /** Often; shown as often as the place allows, and always when it is the last one. */
  drive(state: DriveProgress, last: boolean): void;
  /** Waiting for late logs. */
  settle(state: { readonly leftMs: number; readonly missing: number }): void;
}
