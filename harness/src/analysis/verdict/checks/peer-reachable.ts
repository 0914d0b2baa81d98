/** Harm: no invocation was turned away or lost its connection because another environment, or an earlier boot, held the peer. */
import type { EpochMs } from "../../../base/time.ts";
import { madeInOrder } from "../../../base/listed.ts";
import type { HarmUnknown } from "../../../result/findings/harm-unknown.ts";
import { iso } from "../describe-environment.ts";
import { isOnlyClient } from "../../attribution/only-client.ts";
import { findSuspicions } from "../find-suspects.ts";
import { sayHeld } from "../harm-windows.ts";
import { defineCheck, orClear, sayUnknown, type CheckInput, type PartialFinding } from "./check.ts";

export const peerReachable = defineCheck({
  name: "peer-reachable",
  kind: "harm",
  run: (input) => {
    const findings: PartialFinding[] = input.windows.map((window) => ({
      status: "found",
      ...sayHeld(window, input.runEnd),
      environment: window.environments[0] ?? null,
      holder: window.holder,
      from: window.from,
      to: window.to ?? input.runEnd,
      requestIds: window.requestIds,
    }));
    const unknown = unknowns(input);
    if (unknown.length > 0) findings.push(...suspected(input));
    findings.push(...unknown);
    return orClear(findings, "peer-reached");
  },
});

/** A report needs no more of them: each one has the same next step. */
const SUSPICIONS_MAX = 3;
const SUSPECTS_MAX = 3;

/** Makes one finding for each time of failures that has suspects, for those with the most failures. */
function suspected({ history, judged }: CheckInput): PartialFinding[] {
  const suspicions = findSuspicions(history, judged);
  const ofFailures = suspicions.reduce((sum, { failures }) => sum + failures.length, 0);
  const most = suspicions
    .filter(({ suspects }) => suspects.length > 0)
    .sort((one, other) => other.failures.length - one.failures.length);
  return most.slice(0, SUSPICIONS_MAX).map(({ suspects, failures, likely, error }) => ({
    status: "unknown",
    code: "harm-suspected",
    parameters: {
      suspects: suspects.slice(0, SUSPECTS_MAX).map(({ id, init, firstLine, invocations }) => ({
        environment: id,
        since: iso(init?.start ?? firstLine) ?? "",
        invocations: invocations.length,
      })),
      moreSuspects: Math.max(0, suspects.length - SUSPECTS_MAX),
      grade: likely ? "likely" : "possible",
      failures: failures.length,
      ofFailures,
      error,
      otherwise:
        error === "nothing-listened" ? "machine-down" : isOnlyClient(history) ? null : "other-client",
      decidedBy: history.peer === null ? "peer-log" : null,
    },
    environment: suspects[0] ?? null,
    from: failures[0]?.start ?? null,
    to: failures.at(-1)?.end ?? null,
    requestIds: failures.map(({ requestId }) => requestId),
  }));
}

/** Makes one finding for each reason why harm is unknown, not one for each invocation. */
function unknowns(input: CheckInput): PartialFinding[] {
  const byReason = new Map<
    string,
    { readonly why: HarmUnknown; invocations: number; from: EpochMs | null; to: EpochMs | null }
  >();
  for (const { assessment, invocation, from, to } of input.judged) {
    if (assessment?.judged !== "unknown" || invocation === null) continue;
    const { why } = assessment;
    const group = byReason.get(keyOf(why)) ?? { why, invocations: 0, from, to };
    group.invocations += 1;
    group.to = to;
    byReason.set(keyOf(why), group);
  }
  return [...byReason].map(([key, { why, invocations, from, to }]) => {
    const requestIds = madeInOrder(invocations, () => unknownFor(input, key));
    return sayUnknown("harm-unknown", { invocations, why }, { from, to, requestIds });
  });
}

function keyOf(why: HarmUnknown): string {
  return JSON.stringify(why);
}

function* unknownFor({ judged }: CheckInput, key: string): Generator<string> {
  for (const { assessment, invocation } of judged)
    if (assessment?.judged === "unknown" && keyOf(assessment.why) === key && invocation !== null)
      yield invocation.requestId;
}
