/** The words of a result, as lists. */
import { OUTCOME_UNKNOWN_CODES } from "./findings/accounting-findings.ts";

/** Why a verdict is not pass, in the order in which reasons are reported. */
export const REASONS = [
  "harm",
  "threshold",
  "no-exposure",
  "unexplained-failure",
  "capacity",
  "discipline",
  "evidence-missing",
  "accounting",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Why the outcome of an invocation is unknown (docs/checks.md#outcomes). `end-missing`: the log does not show how it ended. `no-answer`: the
 * driver got no answer, and the log does not show which invocation the call began.
 */
export const UNKNOWN_REASONS = [...OUTCOME_UNKNOWN_CODES, "end-missing", "no-answer"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** In the order in which findings are shown. */
export const FINDING_KINDS = ["harm", "exposure", "discipline", "accounting"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];
/** `unknown` is not `clear`: missing evidence never helps a function. */
export const FINDING_STATUSES = ["found", "unknown", "clear"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** Version 2 has no `overrides`, version 1 also no `invocations.unknownReasons`; results of both can still be read. */
export const RESULT_SCHEMA_VERSION = 3;
