/**
 * All codes of findings, with their parameters. Instants are ISO 8601, and names of durations end in `Ms`. Codes are published in
 * result.json, so their meaning and parameters never change. A different statement gets a new code.
 */
import type { AccountingFindings } from "./accounting-findings.ts";
import type { Coded } from "../../record/coded.ts";
import type { DisciplineFindings } from "./discipline-findings.ts";
import type { ExposureFindings } from "./exposure-findings.ts";
import type { HarmFindings } from "./harm-findings.ts";

export interface FindingParameters
  extends HarmFindings, ExposureFindings, DisciplineFindings, AccountingFindings, AnyCheckFindings {}

interface AnyCheckFindings {
  /** Findings of the check that are not listed because there are too many. */
  readonly "more-findings": { readonly findings: number };
  readonly "check-broken": { readonly error: string };
}

export type CodedFinding = Coded<FindingParameters>;
