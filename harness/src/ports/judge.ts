/** The judgement as a run asks for it: the run directory as it is now → a result. Pure behind this door. */
import type { RunResult } from "../domain/run-result.ts";
import type { Renderings } from "./run-store.ts";

export interface LiveJudgement {
  readonly environmentsAlive: number;
  readonly exposures: number;
  readonly harmed: number;
}

export interface Judge {
  /** Null: the evidence so far cannot be judged yet. */
  live(giveUp: AbortSignal): Promise<LiveJudgement | null>;
  final(): Promise<RunResult>;
  render(result: RunResult): Promise<Renderings>;
}
