/**
 * Applies the harm rule (docs/checks.md#harm) to one invocation. If evidence may be missing, the answer is `unknown`, never `not-harmed` or
 * `harmed`.
 */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { CodedArguments } from "../../record/coded.ts";
import { harmUnknown, type HarmUnknownParameters } from "../../result/findings/harm-unknown.ts";
import { ranBeside } from "../timeline/beside.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { showsDenied, showsTurnedAway } from "../attribution/server-shows.ts";
import { findHolder } from "../attribution/find-holder.ts";
import { findEvicter } from "../attribution/find-evicter.ts";
import { wasDenied } from "../correlate/link-outcome.ts";
import { endedByFunction } from "../timeline/ended-by-function.ts";
import { evictionTime, holdFrom, holdTo, wasEvicted } from "../timeline/hold.ts";
import { outcomeOf, succeeded } from "../attribution/invocation-outcome.ts";
import { acceptedMeanwhile, keptConnection, keptIsOpen } from "../attribution/kept-connection.ts";
import { cutOffAtFreePlace } from "../attribution/cut-off-at-free-place.ts";
import { servedMeanwhile } from "../attribution/served-meanwhile.ts";
import { servedThroughout } from "../attribution/served-throughout.ts";
import { sharedAttempt } from "../attribution/shared-attempt.ts";
import { mayHaveTriedAgain } from "../attribution/tried-again.ts";
import {
  mayHaveWaitedInVain,
  stillWaiting,
  waitedInVain,
  waitedUntilEnd,
} from "../attribution/waited-in-vain.ts";
import { workDuring } from "../attribution/at-work.ts";
import { assessByHolder } from "./assess-by-holder.ts";
import { assessAmongPlaces, spanAtPeer } from "./assess-places.ts";
import { assessWithoutAttempt } from "./assess-without-attempt.ts";
import { attemptsAreComplete, whyIncomplete } from "./attempts-complete.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function assessInvocation(
  history: FunctionHistory,
  invocation: ObservedInvocation,
): InvocationAssessment {
  if (invocation.start === null) return unknown("start-missing");
  if (invocation.end === null) return unknown("end-missing");
  const assessment = assessByAttempts(history, invocation, invocation.start);
  // If the invocation was served, one more accepted connection changes nothing.
  const changes = (one: Attempt): boolean => assessment.judged !== "served" || one.outcome !== "accepted";
  if (assessment.judged !== "unknown" && invocation.perhaps.some(changes))
    return unknown("connections-ambiguous");
  return assessment;
}

function assessByAttempts(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  start: EpochMs,
): InvocationAssessment {
  const attempts = [...invocation.attempts].sort((a, b) => a.time - b.time);
  const accepted = attempts.filter((attempt) => attempt.outcome === "accepted");
  const kept = keptConnection(invocation);
  const open = kept === null ? false : keptIsOpen(history, kept, { at: start, attempts });
  if (accepted.length === 0 && open === null)
    return unknown(
      invocation.environment.peerAhead === null ? "peer-clock-fits-nowhere" : "kept-connection-untold",
    );
  const had = accepted.at(-1) ?? (open === true ? kept : null);
  const second = had === null ? null : turnedAwayAfter(attempts, had);
  const alone = isSingle(history) && history.settings.inFlight === 1;
  const waited = had === null || !alone ? null : waitedInVain(history, invocation, { had, second });
  const keptOut = waited === null ? null : assessTurnedAway(history, invocation, waited);
  if (keptOut?.judged === "harmed") return keptOut;
  if (had !== null && second !== null && alone) {
    const ownPlace = assessOwnPlace(history, invocation, { had, second });
    if (ownPlace !== null) return ownPlace;
  } else if (second !== null) {
    // A refused second connection can be harm only if the invocation failed.
    const { outcome } = outcomeOf(history, invocation);
    if (outcome === "failed") return assessTurnedAway(history, invocation, second);
    if (outcome === "unknown") return unknown("second-connection-refused");
    return { judged: "served", delayed: true, exchanged: true };
  }
  if (had !== null && alone && keptOut === null && mayHaveWaitedInVain(history, invocation, had))
    return unknown("answered-too-late");
  if (had !== null) return assessServed(history, invocation, had, attempts);
  const evictedWhileIdle = kept !== null && wasEvicted(kept) ? kept : null;
  const own = attempts.at(-1) ?? stillWaiting(history, invocation);
  const last = own ?? sharedAttempt(invocation);
  // If the invocation tried again and nothing listened, it failed because the peer was down.
  if (evictedWhileIdle !== null && attempts.at(-1)?.outcome !== "failed")
    return assessEvicted(history, invocation, evictedWhileIdle);
  if (last === null) {
    const meanwhile = succeeded(history, invocation) ? acceptedMeanwhile(invocation) : null;
    if (meanwhile !== null) return assessServed(history, invocation, meanwhile, attempts);
    return assessWithoutAttempt(history, invocation);
  }
  if (own === null && mayHaveTriedAgain(history, invocation, last)) return unknown("later-attempt-possible");
  return assessTurnedAway(history, invocation, waitedUntilEnd(last, invocation));
}

function assessServed(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  had: Attempt,
  attempts: readonly Attempt[],
): InvocationAssessment {
  const evictedAt = evictionTime(had);
  const exchangedAt = exchangeTime(invocation, had);
  const within =
    evictedAt !== null && evictedAt >= (invocation.start ?? 0) && evictedAt <= (invocation.end ?? Infinity);
  if (within && !(exchangedAt !== null && exchangedAt <= evictedAt)) {
    const { outcome } = outcomeOf(history, invocation);
    if (outcome === "failed") return assessEvicted(history, invocation, had);
    if (outcome === "unknown") return unknown("outcome-unknown");
  }
  const turnedAway = attempts.findIndex((one) => one.outcome === "refused" || one.outcome === "timed-out");
  const delayed = turnedAway !== -1 && turnedAway < attempts.indexOf(had);
  return { judged: "served", delayed, exchanged: exchangedAt !== null || succeeded(history, invocation) };
}

/**
 * Judges an invocation that got no other connection after the peer had evicted its own. The eviction came before the exchange, or while the
 * environment was idle.
 */
function assessEvicted(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  evicted: Attempt,
): InvocationAssessment {
  if (!attemptsAreComplete(history, invocation, evicted)) {
    return unknown("evicted-then-untold");
  }
  const evicter = findEvicter(history, evicted);
  switch (evicter.by) {
    case "not-logged":
      return unknown("evictor-without-log");
    case "stranger":
    case "unnamed":
      return unknown("evictor-unnamed");
    case "not-shown":
      return unknown("evictor-not-shown");
    case "function":
      return assessEvictedBy(evicter.hold, evicted);
  }
}

function assessEvictedBy(by: Attempt, evicted: Attempt): InvocationAssessment {
  if (by.boot === evicted.boot || ranBeside(by.boot, evicted.boot) === "shown")
    return { judged: "not-harmed", why: "self" };
  return {
    judged: "harmed",
    holder: by.environment,
    hold: by,
    at: holdFrom(by),
    how: "evicted",
    witness: "other",
  };
}

function assessTurnedAway(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  last: Attempt,
): InvocationAssessment {
  const otherEnd = assessOtherEnd(history, invocation, last);
  if (otherEnd !== null) return otherEnd;
  if (last.leaseHolder == null) {
    if (!isSingle(history)) return assessAmongPlaces(history, last, invocation);
    if (history.settings.inFlight > 1) return assessInTurn(history, last, invocation);
  }
  const holder = findHolder(history, last);
  const own = holder.holder === "self" && last.leaseHolder == null;
  return (own ? ownPlaces(history, invocation, last) : null) ?? assessByHolder(holder, last);
}

/** Returns null if a limit turned the attempt away. Otherwise the attempt failed for another reason, or the reason is unknown. */
function assessOtherEnd(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  last: Attempt,
): InvocationAssessment | null {
  if (last.outcome === "failed")
    return servedMeanwhile(history, last)
      ? unknown("nothing-listened-meanwhile")
      : { judged: "not-harmed", why: "failed" };
  // If the server refused because of a wrong password or a rate limit, for example, no holder of a place is the cause.
  if (last.link !== null && (wasDenied(last.link) || !last.link.countsPlaces))
    return { judged: "not-harmed", why: "denied" };
  if (showsDenied(history, last)) return { judged: "not-harmed", why: "denied" };
  if (last.outcome === "reset") return { judged: "not-harmed", why: "peer-closed" };
  if (last.outcome === "evicted") return unknown("attempt-evicted");
  if (cutOffAtFreePlace(history, last, invocation)) return { judged: "not-harmed", why: "process-ended" };
  const throughout = isSingle(history) && servedThroughout(history, last, invocation);
  if (!attemptsAreComplete(history, invocation, last) && !throughout)
    return unknown(whyIncomplete(invocation));
  if (last.outcome === "refused" && !isConfirmed(history, last)) return unknown("refusal-unconfirmed");
  if (!showsTurnedAway(history, last)) return unknown("refusal-unconfirmed");
  return null;
}

/**
 * Judges an invocation that failed after its second connection was refused, at a peer with one place. Null if neither the link nor the
 * peer's log shows that the invocation's own connection held the place.
 */
function assessOwnPlace(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  { had, second }: { readonly had: Attempt; readonly second: Attempt },
): InvocationAssessment | null {
  // If the peer ended the first connection meanwhile, that end is the cause.
  const { to } = spanAtPeer(history, second, invocation);
  if ((holdTo(had) ?? Infinity) <= to && !(had.link !== null && endedByFunction(had.link))) return null;
  if (second.leaseHolder != null || assessOtherEnd(history, invocation, second) !== null) return null;
  return ownPlaces(history, invocation, second);
}

/** Null unless the evidence shows that the server refused the failed invocation because of connections of its own environment. */
function ownPlaces(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  refused: Attempt,
): InvocationAssessment | null {
  if (refused.outcome !== "refused" || (refused.link ?? refused.peer) === null) return null;
  if (outcomeOf(history, invocation).outcome !== "failed") return null;
  const among = assessAmongPlaces(history, refused, invocation);
  return among.judged === "not-harmed" && among.why === "own-connections" ? among : null;
}

/** With one place and several invocations in flight, invocations must wait for each other. So a holder at work did no harm. */
function assessInTurn(
  history: FunctionHistory,
  last: Attempt,
  invocation: ObservedInvocation,
): InvocationAssessment {
  const among = assessAmongPlaces(history, last, invocation);
  if (among.judged === "not-harmed") return among;
  const holder = findHolder(history, last);
  const mayWork =
    holder.holder === "environment" &&
    holder.environment !== last.environment &&
    workDuring(history, holder.environment, spanAtPeer(history, last, invocation)) !== "idle";
  return mayWork ? unknown("work-unknown", { places: 1 }) : assessByHolder(holder, last);
}

/** Whether the peer has one place. Then the order of its connections shows the holder. */
function isSingle({ capacity }: FunctionHistory): boolean {
  return capacity.places === 1;
}

function turnedAwayAfter(attempts: readonly Attempt[], had: Attempt): Attempt | null {
  const last = attempts.at(-1) ?? null;
  return last !== null && last !== had && (last.outcome === "refused" || last.outcome === "timed-out")
    ? last
    : null;
}

/**
 * Whether the peer was certainly up when it refused. Through a link, a TCP connection always opens, so to the function a peer that is down
 * can look like one that refuses.
 */
function isConfirmed(history: FunctionHistory, refused: Attempt): boolean {
  const behindLink = history.links !== null || (history.local && history.peer !== null);
  if (!behindLink) return true;
  // If nothing listened (`failedAt`), the attempt has the outcome `refused` only if the peer served another client meanwhile
  // (correlate/listens-when-free.ts). So the peer was up.
  return refused.peer?.refusedAt != null || (refused.link?.connectedAt ?? refused.link?.failedAt) != null;
}

/** Returns the time of the first request on this connection during the invocation, according to the peer's log. */
function exchangeTime(invocation: ObservedInvocation, had: Attempt): EpochMs | null {
  const { start, end } = invocation;
  if (had.peer === null || start === null || end === null) return null;
  const { requests } = had.peer;
  const first = onAxis(
    requests[firstIndex(requests.length, (index) => (onAxis(requests[index]) ?? 0) >= start - 1)],
  );
  return first !== null && first <= end + 1 ? first : null;
}

function unknown(...why: CodedArguments<HarmUnknownParameters>): InvocationAssessment {
  return { judged: "unknown", why: harmUnknown(...why) };
}
