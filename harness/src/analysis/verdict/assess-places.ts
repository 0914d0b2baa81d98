/**
 * Applies the harm rule to an attempt that a peer with several places turned away (docs/checks.md#more-than-one-place). It is harm if an
 * idle environment held a place during the whole attempt, and if the limit was the reason for the refusal.
 */
import { epochMs, type EpochMs } from "../../base/time.ts";
import { between, earlier, earlierBy, later, onAxis, type Span } from "../../base/clocks.ts";
import { ATTEMPT_MS_MAX } from "../../words/time-limits.ts";
import type { CodedArguments } from "../../record/coded.ts";
import { harmUnknown, type HarmUnknownParameters } from "../../result/findings/harm-unknown.ts";
import { isIdleSoFar, workDuring } from "../attribution/at-work.ts";
import { isCountedByLimit } from "../attribution/counted-by-limit.ts";
import { placesHeld, strangersIn, type HeldPlace } from "../attribution/held-places.ts";
import { classifyPlace } from "../attribution/classify-place.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { holdFrom, isLoggedIn, showsLogins } from "../timeline/hold.ts";
import { assessFullMoment } from "./assess-full-moment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function assessAmongPlaces(
  history: FunctionHistory,
  last: Attempt,
  invocation: ObservedInvocation,
): InvocationAssessment {
  const span = spanAtPeer(history, last, invocation);
  const { places } = history.capacity;
  const open = placesHeld(history, last, span);
  const held = open.length > (places ?? Infinity) ? withoutLogins(history, open, span) : open;
  const whose = held.map((place) => classifyPlace(history, place, { attempt: last, span }));
  const idle = held.filter(isOfFunction).filter((place) => whose[held.indexOf(place)] === "idle");
  const oldest = [...idle].sort((a, b) => holdFrom(a.hold) - holdFrom(b.hold));
  // If the server names the limit, this proves that the limit was the reason. Otherwise it is proved only if all places were held.
  const counted = oldest.filter(({ hold }) => isCountedByLimit(hold, last));
  const holders = held.length === places ? oldest : held.length > (places ?? Infinity) ? [] : counted;
  const harm = harmBy(holders, last, places);
  if (harm !== null) return harm;
  if (places === null) {
    const unclear = held.filter(isOfFunction).filter((place) => whose[held.indexOf(place)] === "unknown");
    return assessWithoutNumber(
      history,
      last,
      unclear.map(({ hold }) => hold),
      span,
    );
  }
  if (held.length === places && !whose.includes("unknown")) {
    const why = whose.every((who) => who === "own") ? "own-connections" : "peer-full";
    return { judged: "not-harmed", why, strangers: strangersIn(held) };
  }
  const full = assessFullMoment(history, last, { span, held, places });
  if (full !== null) return full;
  // Lines about the ends of some connections are missing.
  if (held.length > places) return unknown("more-held-than-places", { held: held.length, places });
  if (held.length === places) return unknown("work-unknown", { places });
  return assessNotFull(history, last, { span, held: held.length, places });
}

/**
 * Judges an attempt at a peer whose number of places is unknown. `unclear` are the function's connections that held a place, and for which
 * nothing shows whether their environment was idle.
 */
function assessWithoutNumber(
  history: FunctionHistory,
  last: Attempt,
  unclear: readonly Attempt[],
  span: Span,
): InvocationAssessment {
  const counted = unclear.filter(
    (hold) => hold.environment !== last.environment && isCountedByLimit(hold, last),
  );
  if (counted.length === 0) return unknown("limit-unknown");
  const soon = counted.some(({ environment }) => isIdleSoFar(history, environment, span));
  return unknown(soon ? "log-ends-soon" : "counted-work-unknown");
}

/**
 * Clients that had not logged in count only for the places that the logged-in clients leave free, because nothing shows which of them held
 * a place.
 */
function withoutLogins(
  { holds, capacity }: FunctionHistory,
  open: readonly HeldPlace[],
  { from }: Span,
): readonly HeldPlace[] {
  if (!showsLogins(holds)) return open;
  const certain = open.filter((place) => place.by !== "function" || isLoggedIn(place.hold, from));
  const left = Math.max((capacity.places ?? 0) - certain.length, 0);
  return [...certain, ...Array.from({ length: left }, () => ({ by: "unknown" }) as const)];
}

function harmBy(
  oldest: readonly Extract<HeldPlace, { by: "function" }>[],
  last: Attempt,
  places: number | null,
): InvocationAssessment | null {
  const [first] = oldest;
  if (first === undefined) return null;
  return {
    judged: "harmed",
    holder: first.hold.environment,
    hold: first.hold,
    at: last.time,
    how: "turned-away",
    witness: oldest.some(({ witness }) => witness === "own-lines") ? "own-lines" : "other",
    among: { idle: oldest.map(({ hold }) => hold), places },
  };
}

function isOfFunction(place: HeldPlace): place is Extract<HeldPlace, { by: "function" }> {
  return place.by === "function";
}

/** A server may free a place up to this long after it closed the connection. */
export const CLOSE_LAG_MS = 50;

/** On one machine, the peer's log shows the moment of a refusal. */
export function spanAtPeer(
  { local }: Pick<FunctionHistory, "local">,
  attempt: Attempt,
  invocation: ObservedInvocation,
): Span {
  const refusedAt = onAxis(attempt.peer?.refusedAt);
  return local && refusedAt !== null ? { from: refusedAt, to: refusedAt } : spanOf(attempt, invocation);
}

/** From the opening of the attempt to the peer's answer, by the clock of the attempt's environment. */
function spanOf(attempt: Attempt, { start }: ObservedInvocation): Span {
  const { clock, link, time, boot, peer, ownLine } = attempt;
  if (link !== null) {
    const endedAt = link.functionEndedAt ?? link.closedAt ?? time;
    return { from: link.openedAt, to: later(link.openedAt, clock === "link" ? time : endedAt) };
  }
  const begun = attempt.invocation === null ? boot.from : (start ?? boot.from);
  const waited =
    peer === null || ownLine ? ATTEMPT_MS_MAX : between(peer.firstAt, peer.endedAt ?? peer.firstAt);
  return { from: earlier(time, later(begun, earlierBy(time, waited))), to: time };
}

/**
 * Judges an attempt during which not all places are known to have been held. A server may not have freed the places of connections that
 * were closed just before.
 */
function assessNotFull(
  history: FunctionHistory,
  last: Attempt,
  { span, held, places }: { readonly span: Span; readonly held: number; readonly places: number },
): InvocationAssessment {
  const closed = last.outcome === "refused" ? closedJustBefore(history, last) : [];
  const closer = closed
    .filter(({ environment }) => workDuring(history, environment, span) !== "at-work")
    .at(-1);
  if (closer !== undefined && held + closed.length >= places)
    return { judged: "not-harmed", why: "not-yet-free", closer };
  return unknown("places-not-held", { held, places });
}

/** Returns the connections of other processes that ended just before the attempt was opened, in order. Compares only times from one log. */
function closedJustBefore({ holds }: FunctionHistory, attempt: Attempt): readonly Attempt[] {
  return holds
    .filter((hold) => hold.boot !== attempt.boot && endedBefore(hold, attempt))
    .sort((a, b) => endOf(a) - endOf(b));
}

function endedBefore(hold: Attempt, attempt: Attempt): boolean {
  const [ours, theirs] = [attempt.link, hold.link];
  if (ours !== null && theirs !== null)
    return theirs.by !== "peer" && isJustBefore(theirs.closedAt, ours.openedAt);
  const [own, other] = [attempt.peer, hold.peer];
  if (own === null || other === null || own.life !== other.life) return false;
  const inOrder = other.endedLine !== null && other.endedLine < own.firstLine;
  return inOrder && other.ending === "closed" && isJustBefore(onAxis(other.endedAt), onAxis(own.firstAt));
}

function isJustBefore(closedAt: EpochMs | null, openedAt: EpochMs): boolean {
  return closedAt !== null && closedAt <= openedAt && openedAt - closedAt < CLOSE_LAG_MS;
}

function endOf({ link, peer }: Attempt): EpochMs {
  return link?.closedAt ?? onAxis(peer?.endedAt) ?? epochMs(0);
}

function unknown(...why: CodedArguments<HarmUnknownParameters>): InvocationAssessment {
  return { judged: "unknown", why: harmUnknown(...why) };
}
