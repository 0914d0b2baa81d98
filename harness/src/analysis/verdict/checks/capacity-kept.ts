/**
 * Accounting: the number of places of the peer agrees with the evidence. The number is wrong if more connections were open at one time, or if
 * the server refused a connection while fewer were open.
 */
import type { RefusedBelowCapacity } from "../../../result/findings/accounting-findings.ts";
import type { Listed } from "../../../base/listed.ts";
import type { AssessedInvocation } from "../assessed-invocation.ts";
import { attemptsFor } from "../../attribution/shared-attempt.ts";
import { refusalOf } from "../harm-windows.ts";
import { defineCheck, sayClear, sayFound, sayUnknown, type CheckInput } from "./check.ts";

export const capacityKept = defineCheck({
  name: "capacity-kept",
  kind: "accounting",
  // Unknown means that the server has fewer places than the run assumes.
  reasons: { unknown: "capacity" },
  run: ({ history, judged }) => {
    const { places, named, given, refuted, peak } = history.capacity;
    if (refuted && given && named !== null)
      return [sayFound("capacity-refuted", { open: peak ?? named + 1, places: named })];
    const below = refusedBelow(history, judged);
    if (below !== null) return [sayUnknown("refused-below-capacity", below)];
    return named === 1 ? [] : [sayClear("capacity-kept", { places })];
  },
});

/** Null if the server refused nobody while it had free places. Refusals by our own peer do not count: it has exactly the given places. */
function refusedBelow(
  { capacity }: CheckInput["history"],
  judged: Listed<AssessedInvocation>,
): RefusedBelowCapacity | null {
  const refused = judged.filter(wasRefusedBelow);
  const [first] = refused;
  if (first?.invocation == null || capacity.places === null) return null;
  const refusal = refusalOf(first.invocation);
  return {
    invocations: refused.length,
    open: capacity.peak,
    places: capacity.places,
    given: capacity.given,
    ...(refusal === null ? {} : { refusal }),
  };
}

function wasRefusedBelow({ assessment, invocation }: AssessedInvocation): boolean {
  if (assessment?.judged !== "unknown" || assessment.why.code !== "places-not-held") return false;
  return (invocation === null ? [] : attemptsFor(invocation)).some(
    ({ outcome, link }) => outcome === "refused" && link !== null && link.protocol !== "longrun",
  );
}
