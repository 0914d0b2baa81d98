/**
 * Judges a refused attempt during which all places were taken at one moment, but not by the same connections throughout
 * (docs/checks.md#more-than-one-place). Needs evidence from one machine, where all times are from one clock.
 */
import type { EpochMs } from "../../base/time.ts";
import { NEVER, onAxis, type Span } from "../../base/clocks.ts";
import { countsBeforeDeciding } from "../../catalogue/protocols/all-protocols.ts";
import { strangersIn, type HeldPlace } from "../attribution/held-places.ts";
import { classifyPlace } from "../attribution/classify-place.ts";
import type { Attempt } from "../timeline/environment.ts";
import { placeFrom } from "../timeline/hold.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

interface Taken extends Span {
  readonly hold: Attempt;
}

/**
 * `held` are the places that were held for the whole attempt. Returns null if at every moment a place was free, or had a holder that was
 * idle or perhaps idle.
 */
export function assessFullMoment(
  history: FunctionHistory,
  attempt: Attempt,
  {
    span,
    held,
    places,
  }: { readonly span: Span; readonly held: readonly HeldPlace[]; readonly places: number },
): InvocationAssessment | null {
  if (!history.local || attempt.outcome !== "refused") return null;
  const taken = [...history.holds, ...history.refused.filter(countedMeanwhile)]
    .filter((hold) => hold !== attempt)
    .flatMap((hold) => spanOfPlace(hold))
    .filter(({ from, to }) => from <= span.to && to >= span.from);
  const strangers = strangersIn(held);
  for (const moment of [span.from, ...taken.map(({ from }) => from)]) {
    if (moment < span.from) continue;
    const uses = taken
      .filter(({ from, to }) => from <= moment && to >= moment)
      .map(({ hold }) => useAt(history, hold, { attempt, moment }));
    if (uses.length + strangers.length < places || uses.includes("idle") || uses.includes("unknown"))
      continue;
    const own = strangers.length === 0 && uses.every((who) => who === "own");
    return { judged: "not-harmed", why: own ? "own-connections" : "peer-full", strangers };
  }
  return null;
}

/** Whether the peer counted the refused client as a connection until the refusal. */
function countedMeanwhile({ link }: Attempt): boolean {
  return link?.protocol != null && link.countsPlaces && countsBeforeDeciding(link.protocol);
}

function spanOfPlace(hold: Attempt): readonly Taken[] {
  const { peer, link } = hold;
  if (peer?.acceptedAt != null)
    return [{ hold, from: onAxis(peer.acceptedAt), to: onAxis(peer.endedAt) ?? NEVER }];
  const from = link === null ? null : placeFrom(link);
  return from === null ? [] : [{ hold, from, to: link?.closedAt ?? NEVER }];
}

function useAt(
  history: FunctionHistory,
  hold: Attempt,
  { attempt, moment }: { readonly attempt: Attempt; readonly moment: EpochMs },
): ReturnType<typeof classifyPlace> {
  const place: HeldPlace = { by: "function", hold, witness: "other" };
  return classifyPlace(history, place, { attempt, span: { from: moment, to: moment } });
}
