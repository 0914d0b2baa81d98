/** A check is one claim with three possible answers. It reads the history of a function and makes findings. */
import type { EpochMs } from "../../../base/time.ts";
import type { Listed } from "../../../base/listed.ts";
import type { NoParameters } from "../../../record/coded.ts";
import type { CodedFinding, FindingParameters } from "../../../result/findings/finding-parameters.ts";
import type { JudgedFinding } from "../../../result/judgement.ts";
import type { FindingKind, FindingStatus, Reason } from "../../../result/result-words.ts";
import { iso } from "../describe-environment.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import type { Exposure, Overlap } from "../exposure.ts";
import type { Takeovers } from "../takeover.ts";
import type { OpenHarmWindow } from "../harm-windows.ts";
import type { AssessedInvocation } from "../assessed-invocation.ts";
import type { Cause } from "../name-cause.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export interface CheckInput {
  readonly history: FunctionHistory;
  /** The end of the run, or of the evidence if there is no run. */
  readonly runEnd: EpochMs;
  /** The sources in which an unreadable line may hide something (unnumbered-sources.ts). */
  readonly unreadableSources: readonly string[];
  /** How many journal events are missing according to the sequence numbers. */
  readonly journalHoles: number;
  readonly judged: Listed<AssessedInvocation>;
  readonly causes: ReadonlyMap<AssessedInvocation, Cause>;
  readonly windows: readonly OpenHarmWindow[];
  readonly takeovers: Takeovers;
  readonly exposures: readonly Exposure[];
  readonly overlaps: readonly Overlap[];
}

export interface Check {
  readonly name: string;
  readonly kind: FindingKind;
  readonly run: (input: CheckInput) => readonly PartialFinding[];
  /**
   * The reason that a finding of this status gives for an inconclusive verdict, or null for none. What is absent follows from the kind
   * (decide-verdict.ts).
   */
  readonly reasons?: Readonly<Partial<Record<FindingStatus, Reason | null>>>;
  /** With `--kept-connections allowed`, its findings are no flaws. */
  readonly allowedIfConnectionsAreKept?: true;
  /** On the local engine, what it finds is a bug of longrun (exit code 70). */
  readonly foundMeansBug?: true;
}

/** Only checks the types, so that a check's literals keep their exact types. */
export function defineCheck(check: Check): Check {
  return check;
}

/** Only the id is read. */
type NamedEnvironment = Pick<ObservedEnvironment, "id">;

interface FindingAbout {
  readonly environment?: NamedEnvironment | null;
  readonly holder?: NamedEnvironment | null;
  readonly from?: EpochMs | null;
  readonly to?: EpochMs | null;
  readonly requestIds?: Listed<string>;
}

export type PartialFinding = CodedFinding & FindingAbout & { readonly status: FindingStatus };

/** The codes without parameters. */
type CodeAlone = {
  [Code in keyof FindingParameters]: FindingParameters[Code] extends NoParameters ? Code : never;
}[keyof FindingParameters];

type SaidOfCode<Code extends keyof FindingParameters> = FindingParameters[Code] extends NoParameters
  ? readonly [parameters?: NoParameters, about?: FindingAbout]
  : readonly [parameters: FindingParameters[Code], about?: FindingAbout];

function sayer(status: FindingStatus) {
  return <Code extends keyof FindingParameters>(
    code: Code,
    ...[parameters = {}, about]: SaidOfCode<Code>
  ): PartialFinding => ({ status, code, parameters, ...about }) as PartialFinding;
}

/** Each makes a finding of its status. */
export const sayFound = sayer("found");
export const sayUnknown = sayer("unknown");
export const sayClear = sayer("clear");

/** The findings or, if there is none, one that says so. */
export function orClear(findings: readonly PartialFinding[], clear: CodeAlone): readonly PartialFinding[] {
  return findings.length > 0 ? findings : [sayClear(clear)];
}

/** If a check has more findings, this many are listed. One more finding says how many others there are. */
const FINDINGS_MAX = 40;

/** A check that throws has one finding, with the status `unknown`. */
export function runCheck(check: Check, input: CheckInput): JudgedFinding[] {
  try {
    const findings = check.run(input);
    const shown: PartialFinding[] = spread(findings);
    const listed = new Set(shown);
    const others = findings.filter((finding) => !listed.has(finding));
    const rest = others.length;
    const worst = others.some((finding) => finding.status === "found") ? "found" : "unknown";
    if (rest > 0) shown.push(sayer(worst)("more-findings", { findings: rest }));
    return shown.map((finding) => complete(check, finding));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [complete(check, sayUnknown("check-broken", { error: message }))];
  }
}

/** Takes findings evenly from the whole list, so that the report of a run of several days shows more than its first hour. */
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
