/**
 * Decides the verdict of one function (docs/checks.md#verdict). `fail` means harm or a broken threshold. `pass` needs an exposure with an
 * exchange after it, a named cause for each failure, and a `clear` from all checks of harm, discipline and accounting. Everything else is
 * `inconclusive`, with its reasons.
 */
import type { FindingFacts } from "../../result/finding-result.ts";
import type { ThresholdResult } from "../../result/function-result.ts";
import { REASONS, type Reason } from "../../result/result-words.ts";
import type { Verdict } from "../../words/verdict.ts";
import { checkNamed } from "./checks/all-checks.ts";

export interface VerdictInput {
  readonly findings: readonly FindingFacts[];
  readonly harmTotal: number;
  readonly exposures: number;
  /** Whether each exposure was followed by an invocation that completed an exchange with the peer. */
  readonly exchangedAfterEach: boolean;
  readonly unexplainedFailures: number;
  /** How many failures are caused by too few places of the peer. */
  readonly capacityFailures: number;
  readonly thresholds: readonly ThresholdResult[];
}

export function decideVerdict(input: VerdictInput): {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
} {
  const fails: Reason[] = [];
  if (input.harmTotal > 0) fails.push("harm");
  if (input.thresholds.some((threshold) => threshold.holds === false)) fails.push("threshold");
  if (fails.length > 0) return { verdict: "fail", reasons: fails };
  const reasons = new Set<Reason>();
  if (input.exposures === 0) reasons.add("no-exposure");
  else if (!input.exchangedAfterEach) reasons.add("evidence-missing");
  if (input.unexplainedFailures > 0) reasons.add("unexplained-failure");
  if (input.capacityFailures > 0) reasons.add("capacity");
  if (input.thresholds.some((threshold) => threshold.holds === null)) reasons.add("evidence-missing");
  const counted = input.findings.filter(({ allowed }) => allowed !== true);
  const flawed = counted.some((finding) => finding.kind === "discipline" && finding.status === "found");
  for (const finding of counted) {
    const reason = reasonOf(finding, flawed);
    if (reason !== null) reasons.add(reason);
  }
  if (reasons.size === 0) return { verdict: "pass", reasons: [] };
  return { verdict: "inconclusive", reasons: REASONS.filter((reason) => reasons.has(reason)) };
}

function reasonOf(finding: FindingFacts, flawed: boolean): Reason | null {
  if (finding.status === "clear" || finding.kind === "exposure") return null;
  const own = checkNamed(finding.check)?.reasons?.[finding.status];
  if (own !== undefined) return own;
  if (finding.kind === "accounting") return "accounting";
  // After a flaw, unknown discipline checks add no further reason.
  if (finding.kind === "discipline")
    return finding.status === "found" || flawed ? "discipline" : "evidence-missing";
  return finding.status === "found" ? "harm" : "evidence-missing";
}
