/** Judges the run directory in another process, because judging takes time and memory, and must not block the peer in this process. */
import type { ExitCode } from "../../words/exit-codes.ts";
import type { Verdict } from "../../words/verdict.ts";

export interface LiveFigures {
  readonly environmentsAlive: number;
  readonly exposures: number;
  readonly harmed: number;
}

/** The figures over all functions, and by function. */
export interface LiveJudgement extends LiveFigures {
  /** The processor time of judging, without the start of the judging process. */
  readonly processorMs: number;
  readonly functions: readonly (LiveFigures & { readonly name: string; readonly verdict: Verdict })[];
}

export interface JudgedRun {
  /** Follows from the expectations, or from the verdict if there are none. */
  readonly exitCode: ExitCode;
  /** The verdict table and the text after it, for the terminal. */
  readonly text: string;
}

export interface Judge {
  /** Judges the evidence so far. Null if it cannot be judged yet, or if `giveUp` fired. */
  live(giveUp: AbortSignal): Promise<LiveJudgement | null>;
  /** Judges all the evidence, and writes result.json and the reports into the run directory. */
  seal(): Promise<JudgedRun>;
  close(): Promise<void>;
}
