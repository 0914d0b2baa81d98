/** Harm: no invocation was turned away, or lost its connection, because another environment (or an earlier boot) held the peer. */
import { madeInOrder } from "../../../domain/listed.ts";
import { describeHarmWindow } from "../harm-windows.ts";
import { NOTHING_SHOWS } from "../assess-invocation.ts";
import { count, type Check, type CheckInput, type PartialFinding } from "./check.ts";

export const peerReachable: Check = {
  name: "peer-reachable",
  kind: "harm",
  run: (input: CheckInput): PartialFinding[] => {
    const findings: PartialFinding[] = input.windows.map((window) => ({
      status: "found",
      text: describeHarmWindow(window, input.runEnd).text,
      environment: window.environments[0] ?? null,
      holder: window.holder,
      from: window.from,
      to: window.to ?? input.runEnd,
      requestIds: harmedWithin(input, window.from, window.to),
    }));
    findings.push(...unknowns(input));
    if (findings.length === 0) {
      findings.push({
        status: "clear",
        text: "No invocation failed to reach the peer because another environment held it.",
      });
    }
    return findings;
  },
};

function harmedWithin(input: CheckInput, from: number, to: number | null): string[] {
  const ids: string[] = [];
  for (const { assessment, invocation, from: start } of input.judged) {
    if (assessment?.judged !== "harmed" || invocation === null || start === null) continue;
    if (start >= from && (to === null || start < to)) ids.push(invocation.requestId);
  }
  return ids;
}

/** One finding for each thing that is not known, not one for each invocation. */
function unknowns(input: CheckInput): PartialFinding[] {
  const byReason = new Map<string, { invocations: number; from: number | null; to: number | null }>();
  for (const { assessment, invocation, from, to } of input.judged) {
    if (assessment?.judged !== "unknown" || invocation === null) continue;
    const group = byReason.get(assessment.why) ?? { invocations: 0, from, to };
    group.invocations += 1;
    group.to = to;
    byReason.set(assessment.why, group);
  }
  const more = input.history.environments.reduce((sum, { condensed }) => sum + condensed.unseen, 0);
  const number = (why: string, listed: number): number => listed + (why === NOTHING_SHOWS ? more : 0);
  return [...byReason].map(([why, group]) => ({
    status: "unknown",
    text: `For ${count(number(why, group.invocations), "invocation")} harm cannot be told: ${why}.`,
    from: group.from,
    to: group.to,
    requestIds: madeInOrder(group.invocations, () => untold(input, why)),
  }));
}

/** Request ids of the invocations of which this is not known. */
function* untold({ judged }: CheckInput, why: string): Generator<string> {
  for (const { assessment, invocation } of judged)
    if (assessment?.judged === "unknown" && assessment.why === why && invocation !== null)
      yield invocation.requestId;
}
