/**
 * Every code that a finding can have, with the type of its parameters. Whatever varies in a sentence is a parameter: names, numbers, instants
 * (ISO 8601) and lengths (`Ms`). Codes are published in result.json, so the meaning and the parameters of a code never change: a different
 * statement gets a new code.
 */
import type { AccountingFindings } from "./accounting-findings.ts";
import type { Coded } from "./coded.ts";
import type { DisciplineFindings } from "./discipline-findings.ts";
import type { ExposureFindings } from "./exposure-findings.ts";
import type { HarmFindings } from "./harm-findings.ts";

export interface FindingParameters
  extends HarmFindings, ExposureFindings, DisciplineFindings, AccountingFindings, AnyCheckFindings {}

/** Findings that every check can have. */
interface AnyCheckFindings {
  /** The number of findings of the check that are not listed because there are too many. */
  readonly "more-findings": { readonly findings: number };
  /** The check itself threw an error. */
  readonly "check-broken": { readonly error: string };
}

export type CodedFinding = Coded<FindingParameters>;
