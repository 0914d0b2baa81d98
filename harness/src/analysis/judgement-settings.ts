/**
 * What a judgement is made with; whoever calls passes every member.
 */
import { CLOCK_TOLERANCE_MS, IDLE_LIFE_MS, LATE_LOGS_MS } from "../domain/judgement-defaults.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { EpochMs } from "../units/time.ts";

export interface JudgementSettings {
  /** How far two machines' clocks may be apart before their order is unknown. */
  readonly clockToleranceMs: number;
  /** How long an environment lives, at least, after an Init that nothing followed (a guess, and the report says so). */
  readonly idleLifeMs: number;
  /** How long late log events may take. */
  readonly settleMs: number;
  /** `harm.total < 1`: see parse-threshold.ts. */
  readonly thresholds: readonly string[];
  /** By label. */
  readonly expectations: Readonly<Record<string, Verdict>>;
  /** From `--application-log-level`: what a log in JSON format lets through; null: take what the evidence shows. */
  readonly applicationLogLevel: "INFO" | "WARN" | "ERROR" | "FATAL" | null;
  /** From `--reserved-concurrency`; null: take what the evidence says. */
  readonly reservedConcurrency: number | null;
  readonly toolVersion: string;
  /** The end of the evidence where the evidence itself does not say; null: its last event. */
  readonly until: EpochMs | null;
}

export const DEFAULT_JUDGEMENT_SETTINGS: JudgementSettings = {
  clockToleranceMs: CLOCK_TOLERANCE_MS,
  idleLifeMs: IDLE_LIFE_MS,
  settleMs: LATE_LOGS_MS,
  thresholds: [],
  expectations: {},
  applicationLogLevel: null,
  reservedConcurrency: null,
  toolVersion: "0.0.0",
  until: null,
};
