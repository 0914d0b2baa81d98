/**
 * Problems of a run's evidence. A run writes them into its journal (`evidence-problem`), and each of them is also the code of a finding. So
 * their meaning and parameters never change.
 */
import { z } from "zod";
import { member, record, type Recorded } from "./schema/member.ts";
import type { Coded } from "./coded.ts";

const TEXT = z.string();

/** The sources that a run reads again and again. */
export const RUN_SOURCES = ["function-log", "peer-log", "engine-records"] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

/** The lists of records that only a local engine has: of connections, of the plan's steps, of ended environments. */
export const ENGINE_LISTS = ["links", "applied", "ends"] as const;
export type EngineList = (typeof ENGINE_LISTS)[number];

export const RUN_PROBLEMS = {
  /** An older version wrote this sentence into the journal, without a code. */
  told: record({ text: member("text", TEXT) }),
  /** The clock of the run's machine was set back, so the times of lines do not show the order of the lines. */
  "run-clock-set-back": record({ byMs: member("kept", z.number()) }),
  /** `message`: the message of the error of the last attempt. */
  "evidence-not-read": record({
    source: member("kept", z.enum(RUN_SOURCES)),
    message: member("text", TEXT),
  }),
  "plan-not-stopped": record({ message: member("text", TEXT) }),
  "engine-records-dropped": record({ list: member("kept", z.enum(ENGINE_LISTS)) }),
  /** `example`: the first of the lines. Null if it is not known. */
  "server-log-lines-not-read": record({
    source: member("text", TEXT),
    lines: member("kept", z.number()),
    example: member("text", TEXT.nullable()),
  }),
  "server-log-not-read": record({ message: member("text", TEXT) }),
  /** A newer version wrote a problem with this code. */
  "problem-not-known": record({ problem: member("text", TEXT) }),
} as const;
type Problems = {
  readonly [Code in keyof typeof RUN_PROBLEMS]: Recorded<(typeof RUN_PROBLEMS)[Code]>;
};
export type RunProblemParameters = Omit<Problems, "told">;
export type RunProblem = Coded<Problems>;

export interface JudgedProblemParameters extends RunProblemParameters {
  /** Only the times in the journal show that the clock was set back. */
  readonly "run-clock-set-back-unnoticed": { readonly byMs: number };
}
export type JudgedProblem = RunProblem | Coded<JudgedProblemParameters>;
