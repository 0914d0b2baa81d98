/**
 * The verdict of one function (docs/checks.md#verdict). fail: harm, or a broken threshold. pass: at least one exposure, no harm, every
 * harm, discipline and accounting check clear, every failed invocation with a named cause, and after each exposure an invocation that
 * completed an exchange with the peer. Everything else is inconclusive, with its reasons.
 */
import type { FindingFacts, Reason, ThresholdResult } from "../../domain/run-result.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { clocksAgree } from "./checks/clocks-agree.ts";
import { outcomesKnown } from "./checks/outcomes-known.ts";

export interface VerdictInput {
  readonly findings: readonly FindingFacts[];
  readonly harmTotal: number;
  readonly exposures: number;
  /** After each counted exposure at least one invocation completed an exchange. */
  readonly exchangedAfterEach: boolean;
  readonly unexplainedFailures: number;
  readonly thresholds: readonly ThresholdResult[];
}

/** Order in which reasons are told. */
const ORDER: readonly Reason[] = [
  "harm",
  "threshold",
  "no-exposure",
  "unexplained-failure",
  "discipline",
  "evidence-missing",
  "accounting",
];

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
  if (input.thresholds.some((threshold) => threshold.holds === null)) reasons.add("evidence-missing");
  const flawed = input.findings.some(
    (finding) => finding.kind === "discipline" && finding.status === "found",
  );
  for (const finding of input.findings) {
    const reason = reasonOf(finding, flawed);
    if (reason !== null) reasons.add(reason);
  }
  if (reasons.size === 0) return { verdict: "pass", reasons: [] };
  return { verdict: "inconclusive", reasons: ORDER.filter((reason) => reasons.has(reason)) };
}

function reasonOf(finding: FindingFacts, flawed: boolean): Reason | null {
  if (finding.status === "clear" || finding.kind === "exposure") return null;
  // Skew is told, and weighs only where the order it hides made another check unknown.
  if (finding.check === clocksAgree.name) return finding.status === "unknown" ? "accounting" : null;
  if (finding.check === outcomesKnown.name) return "evidence-missing";
  if (finding.kind === "accounting") return "accounting";
  // What is not known of a design whose flaw is known adds no reason of its own.
  if (finding.kind === "discipline")
    return finding.status === "found" || flawed ? "discipline" : "evidence-missing";
  return finding.status === "found" ? "harm" : "evidence-missing";
}
