/** What a run shows of its progress. The command line decides how it looks. */
import type { RunProblem } from "../../record/evidence-problems.ts";
import type { RunNotice } from "../../record/notices.ts";
import type { LiveFigures } from "./judge.ts";

export interface DriveProgress {
  readonly elapsedMs: number;
  readonly totalMs: number;
  readonly planned: number;
  readonly succeeded: number;
  readonly functionErrors: number;
  readonly throttled: number;
  /** Invocation errors and unknown outcomes. */
  readonly otherErrors: number;
  readonly skipped: number;
  /** Null before the first judgement. */
  readonly judged: JudgedSoFar | null;
}

export interface JudgedSoFar extends LiveFigures {
  /** How long the run had lasted when its evidence was taken. */
  readonly asOfMs: number;
}

export interface Progress {
  /** Called once for each step of the run. */
  say(sentence: string): void;
  /** Says in a sentence what the run has just written into its journal. */
  sayProblem(problem: RunProblem): void;
  sayNotice(notice: RunNotice): void;
  /** Called often. A terminal may leave out calls, but always shows the last one. */
  drive(state: DriveProgress, last: boolean): void;
  /** Called while the run waits for the logs of invocations (`waitsFor` is their number), or for CloudWatch's metrics. */
  settle(state: { readonly leftMs: number; readonly waitsFor: number | "metrics" }): void;
}
