/**
 * Problems of a run's evidence. A run writes them into its journal (`evidence-problem`), and each of them is also the code of a finding. So
 * their meaning and parameters never change.
 */
import type { Coded } from "./coded.ts";

/** The sources that a run reads again and again. */
export const RUN_SOURCES = ["function-log", "peer-log", "engine-records"] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** The lists of records that only a local engine has: of connections, of the plan's steps, of ended environments. */
export const ENGINE_LISTS = ["links", "applied", "ends"] as const;
export type EngineList = (typeof ENGINE_LISTS)[number];

export interface RunProblemParameters {
  /** The clock of the run's machine was set back, so the times of lines do not show the order of the lines. */
  readonly "run-clock-set-back": { readonly byMs: number };
  /** `message`: the message of the error of the last attempt. */
  readonly "evidence-not-read": { readonly source: RunSource; readonly message: string };
  readonly "plan-not-stopped": { readonly message: string };
  readonly "engine-records-dropped": { readonly list: EngineList };
  /** `example`: the first of the lines. Null if it is not known. */
  readonly "server-log-lines-not-read": {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  };
  readonly "server-log-not-read": { readonly message: string };
  /** A newer version wrote a problem with this code. */
  readonly "problem-not-known": { readonly problem: string };
}

/** `told`: an older version wrote this sentence into the journal, without a code. */
export type RunProblem = Coded<RunProblemParameters & { readonly told: { readonly text: string } }>;

export interface JudgedProblemParameters extends RunProblemParameters {
  /** Only the times in the journal show that the clock was set back. */
  readonly "run-clock-set-back-unnoticed": { readonly byMs: number };
}
export type JudgedProblem = RunProblem | Coded<JudgedProblemParameters>;
