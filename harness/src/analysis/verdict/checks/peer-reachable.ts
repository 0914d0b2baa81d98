/** Harm: no invocation was turned away or lost its connection because another environment, or an earlier boot, held the peer. */
import { madeInOrder } from "../../../domain/listed.ts";
import type { HarmUnknown } from "../../../domain/findings/harm-unknown.ts";
import { HELD_NEEDS, sayHeld } from "../harm-windows.ts";
import { defineCheck, type CheckInput, type PartialFinding } from "./check.ts";

const PEER_REACHABLE_NEEDS = [
  "around-trouble",
  "silent-invocations",
  "invocation-counts",
  ...HELD_NEEDS,
] as const;
type Input = CheckInput<typeof PEER_REACHABLE_NEEDS>;

export const peerReachable = defineCheck({
  name: "peer-reachable",
  kind: "harm",
  needs: [...PEER_REACHABLE_NEEDS],
  run: (input): PartialFinding[] => {
    const findings: PartialFinding[] = input.windows.map((window) => ({
      status: "found",
      ...sayHeld(window, input.runEnd),
      environment: window.environments[0] ?? null,
      holder: window.holder,
      from: window.from,
      to: window.to ?? input.runEnd,
      requestIds: window.requestIds,
    }));
    findings.push(...unknowns(input));
    if (findings.length === 0) {
      findings.push({
        status: "clear",
        code: "peer-reached",
        parameters: {},
      });
    }
    return findings;
  },
});

/** Makes one finding for each reason why harm is unknown, not one for each invocation. */
function unknowns(input: Input): PartialFinding[] {
  const byReason = new Map<
    string,
    { readonly why: HarmUnknown; invocations: number; from: number | null; to: number | null }
  >();
  for (const { assessment, invocation, from, to } of input.keptJudged) {
    if (assessment?.judged !== "unknown" || invocation === null) continue;
    const { why } = assessment;
    const group = byReason.get(keyOf(why)) ?? { why, invocations: 0, from, to };
    group.invocations += 1;
    group.to = to;
    byReason.set(keyOf(why), group);
  }
  const more = input.history.environmentCounts.reduce((sum, { condensed }) => sum + condensed.unseen, 0);
  return [...byReason].map(([key, { why, invocations, from, to }]) => ({
    status: "unknown",
    code: "harm-unknown",
    parameters: { invocations: invocations + (why.code === "nothing-shows" ? more : 0), why },
    from,
    to,
    requestIds: madeInOrder(invocations, () => unknownFor(input, key)),
  }));
}

function keyOf(why: HarmUnknown): string {
  return JSON.stringify(why);
}

function* unknownFor({ keptJudged }: Input, key: string): Generator<string> {
  for (const { assessment, invocation } of keptJudged)
    if (assessment?.judged === "unknown" && keyOf(assessment.why) === key && invocation !== null)
      yield invocation.requestId;
}
