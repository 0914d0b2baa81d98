/**
 * Accounting: if the log shows the end of an invocation, the outcome of the invocation is known. The platform reports a success even if the
 * handler threw, so a log that may hide failures is not enough. An unknown outcome prevents a `pass`, but never causes a `fail`.
 */
import { onAxis } from "../../../base/clocks.ts";
import { outcomeByLog, type OutcomeUnknown } from "../../attribution/invocation-outcome.ts";
import type { ObservedEnvironment } from "../../timeline/environment.ts";
import { defineCheck, sayUnknown, type CheckInput, type PartialFinding } from "./check.ts";

export const outcomesKnown = defineCheck({
  name: "outcomes-known",
  kind: "accounting",
  reasons: { found: "evidence-missing", unknown: "evidence-missing" },
  run,
});

type Why = Exclude<OutcomeUnknown, "end-missing">;

interface UnknownGroup {
  readonly why: Why;
  readonly runtime: string | null;
  invocations: number;
}

function run({ history, judged }: CheckInput): PartialFinding[] {
  const groups = new Map<string, UnknownGroup>();
  const groupOf = (why: Why, { runtime }: ObservedEnvironment): UnknownGroup => {
    const version = runtime?.version ?? null;
    const key = `${why} ${version ?? ""}`;
    const group = groups.get(key) ?? { why, runtime: version, invocations: 0 };
    groups.set(key, group);
    return group;
  };
  const began = (onAxis(history.driver?.startedAt) ?? -Infinity) - history.settings.clockToleranceMs;
  for (const { invocation, driver } of judged) {
    // The driver's answer shows the outcome. Other callers may have begun other invocations; those before the run say nothing about it.
    if (invocation === null || driver !== null || (invocation.end ?? Infinity) < began) continue;
    const known = outcomeByLog(history, invocation);
    if (known.outcome !== "unknown" || known.why === "end-missing") continue;
    groupOf(known.why, invocation.environment).invocations += 1;
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { why, runtime, invocations }]) =>
      sayUnknown("outcomes-unknown", { invocations, why, runtime }),
    );
}
