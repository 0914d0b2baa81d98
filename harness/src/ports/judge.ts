/**
 * The judgement as a run asks for it. It reads nothing but the run directory, and another process makes it: it takes time and memory,
 * and the peer, which runs in this process, must not be blocked.
 */
import type { ExitCode } from "../domain/exit-codes.ts";
import type { Verdict } from "../domain/verdict.ts";

export interface LiveFigures {
  readonly environmentsAlive: number;
  readonly exposures: number;
  readonly harmed: number;
}

/** Over all functions, and by function. */
export interface LiveJudgement extends LiveFigures {
  readonly functions: readonly (LiveFigures & { readonly name: string; readonly verdict: Verdict })[];
}

export interface JudgedRun {
  /** By expectations or verdict. */
  readonly exitCode: ExitCode;
  /** The verdict table and what follows it, for the terminal. */
  readonly text: string;
}

export interface Judge {
  /** The evidence so far; null: it cannot be judged yet, or was given up. */
  live(giveUp: AbortSignal): Promise<LiveJudgement | null>;
  /** All the evidence; writes result.json and its renderings into the run directory. */
  seal(): Promise<JudgedRun>;
  close(): Promise<void>;
}
