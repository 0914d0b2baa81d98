/**
 * A check is one claim with three answers. It sees the whole history and makes findings; what they mean for the verdict is
 * decided elsewhere.
 */
import type { Listed } from "../../../domain/listed.ts";
import type { Finding, FindingKind, FindingStatus } from "../../../domain/run-result.ts";
import { epochMs, isoTime } from "../../../units/time.ts";
import type { Environment } from "../../timeline/environment.ts";
import type { Exposure } from "../find-exposures.ts";
import type { OpenHarmWindow } from "../harm-windows.ts";
import type { AssessedInvocation } from "../assessed-invocation.ts";
import type { Cause } from "../name-cause.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export interface CheckInput {
  readonly history: FunctionHistory;
  readonly judged: Listed<AssessedInvocation>;
  /** Of those that have one. */
  readonly causes: ReadonlyMap<AssessedInvocation, Cause>;
  readonly exposures: readonly Exposure[];
  readonly windows: readonly OpenHarmWindow[];
  /** The last instant of the run, else of the evidence. */
  readonly runEnd: number;
  /** Sources with lines that could not be read and that nothing numbers. */
  readonly unreadableSources: readonly string[];
  /** Events that the journal's own numbering shows to be missing. */
  readonly journalHoles: number;
}

export interface Check {
  readonly name: string;
  readonly kind: FindingKind;
  readonly run: (input: CheckInput) => readonly PartialFinding[];
}

export interface PartialFinding {
  readonly status: FindingStatus;
  readonly text: string;
  readonly environment?: Environment | null;
  readonly holder?: Environment | null;
  readonly from?: number | null;
  readonly to?: number | null;
  readonly requestIds?: Listed<string>;
}

/** How many findings of one check are told one by one; the rest is counted in one more. */
const FINDINGS_MAX = 40;

export function runCheck(check: Check, input: CheckInput): Finding[] {
  try {
    const findings = check.run(input);
    const shown: PartialFinding[] = spread(findings);
    const told = new Set(shown);
    const untold = findings.filter((finding) => !told.has(finding));
    const rest = untold.length;
    const worst = untold.some((finding) => finding.status === "found") ? "found" : "unknown";
    if (rest > 0) shown.push({ status: worst, text: `${rest} more of the same.` });
    return shown.map((finding) => complete(check, finding));
  } catch (error) {
    const text = `This check could not be made: ${error instanceof Error ? error.message : String(error)}.`;
    return [complete(check, { status: "unknown", text })];
  }
}

/** Over the whole of them, the first among them: a run of days is not told by its first hour. */
function spread(findings: readonly PartialFinding[]): PartialFinding[] {
  if (findings.length <= FINDINGS_MAX) return [...findings];
  return Array.from({ length: FINDINGS_MAX }, (_, index) =>
    findings.at(Math.floor((index * findings.length) / FINDINGS_MAX)),
  ).filter((finding) => finding !== undefined);
}

function complete(check: Check, finding: PartialFinding): Finding {
  return {
    check: check.name,
    kind: check.kind,
    status: finding.status,
    text: finding.text,
    environment: finding.environment?.id ?? null,
    holder: finding.holder?.id ?? null,
    from: finding.from == null ? null : isoTime(epochMs(finding.from)),
    to: finding.to == null ? null : isoTime(epochMs(finding.to)),
    requestIds: finding.requestIds ?? [],
  };
}

/** `1 invocation`, `2 invocations`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
