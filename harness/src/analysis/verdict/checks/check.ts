/**
 * A check is one claim with three answers. It sees the part of the history whose needs it declares and makes findings; what they mean for the
 * verdict is decided elsewhere.
 */
import type { Listed } from "../../../domain/listed.ts";
import type { CodedFinding } from "../../../domain/findings/finding-parameters.ts";
import type { JudgedFinding } from "../../../domain/judgement.ts";
import type { FindingKind, FindingStatus } from "../../../domain/run-result.ts";
import { iso } from "../describe-environment.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import type { Exposure } from "../find-exposures.ts";
import type { OpenHarmWindow } from "../harm-windows.ts";
import type { AssessedInvocation } from "../assessed-invocation.ts";
import type { Cause } from "../name-cause.ts";
import type { EvidenceNeed } from "../../../evidence/evidence-need.ts";
import type { EvidenceView, Granted } from "../../correlate/evidence-view.ts";

interface Assessments {
  readonly judged: Listed<AssessedInvocation>;
  /** Of those that have one. */
  readonly causes: ReadonlyMap<AssessedInvocation, Cause>;
  readonly windows: readonly OpenHarmWindow[];
  readonly exposures: readonly Exposure[];
}

/** What a check gets that declares these needs; without a declaration, everything. */
export type CheckInput<Needs extends readonly EvidenceNeed[] = readonly EvidenceNeed[]> = {
  readonly history: EvidenceView<Needs>;
  /** The last instant of the run, else of the evidence. */
  readonly runEnd: number;
  /** Sources with lines that could not be read and that nothing numbers. */
  readonly unreadableSources: readonly string[];
  /** Events that the journal's own numbering shows to be missing. */
  readonly journalHoles: number;
} & Pick<Assessments, AssessmentsOf<Granted<Needs>>>;

type AssessmentsOf<Need extends EvidenceNeed> = Need extends "around-trouble"
  ? "judged" | "causes" | "windows"
  : Need extends "first-after-birth"
    ? "exposures"
    : never;

export interface Check<Needs extends readonly EvidenceNeed[] = readonly EvidenceNeed[]> {
  readonly name: string;
  readonly kind: FindingKind;
  /** What it needs of quiet invocations (evidence/evidence-need.ts). Without it the check sees them all, and none is left out of any judgement. */
  readonly needs?: Needs;
  readonly run: (input: CheckInput<Needs>) => readonly PartialFinding[];
}

/** A check whose `run` sees what its `needs` give. */
export function defineCheck<const Needs extends readonly EvidenceNeed[] = readonly EvidenceNeed[]>(
  check: Check<Needs>,
): Check<Needs> {
  return check;
}

export type PartialFinding = CodedFinding & {
  readonly status: FindingStatus;
  readonly environment?: ObservedEnvironment | null;
  readonly holder?: ObservedEnvironment | null;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly requestIds?: Listed<string>;
};

/** How many findings of one check are listed; one more finding counts the rest. */
const FINDINGS_MAX = 40;

export function runCheck(check: Check, input: CheckInput): JudgedFinding[] {
  try {
    const findings = check.run(input);
    const shown: PartialFinding[] = spread(findings);
    const told = new Set(shown);
    const untold = findings.filter((finding) => !told.has(finding));
    const rest = untold.length;
    const worst = untold.some((finding) => finding.status === "found") ? "found" : "unknown";
    if (rest > 0) shown.push({ status: worst, code: "more-findings", parameters: { findings: rest } });
    return shown.map((finding) => complete(check, finding));
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return [complete(check, { status: "unknown", code: "check-broken", parameters: { error: told } })];
  }
}

/** Takes them evenly from the whole list, beginning with the first, so that not only the first hour of a run of days is shown. */
function spread(findings: readonly PartialFinding[]): PartialFinding[] {
  if (findings.length <= FINDINGS_MAX) return [...findings];
  return Array.from({ length: FINDINGS_MAX }, (_, index) =>
    findings.at(Math.floor((index * findings.length) / FINDINGS_MAX)),
  ).filter((finding) => finding !== undefined);
}

function complete(check: Check, finding: PartialFinding): JudgedFinding {
  const { environment, holder, from, to, requestIds, ...said } = finding;
  return {
    check: check.name,
    kind: check.kind,
    ...said,
    environment: environment?.id ?? null,
    holder: holder?.id ?? null,
    from: iso(from ?? null),
    to: iso(to ?? null),
    requestIds: requestIds ?? [],
  };
}
