/**
 * Finds the takeovers (docs/checks.md#takeover), the invocations that needed the lost connections, and how long they waited for other
 * connections.
 */
import { NEVER, earlierBy, later } from "../../base/clocks.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import { firstIndex, itemsWithin } from "../../base/first-index.ts";
import type { Listed } from "../../base/listed.ts";

import { findEvicter } from "../attribution/find-evicter.ts";
import type { Attempt, LinkConnection, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";
import { endedByFunction } from "../timeline/ended-by-function.ts";
import { evictionTime, wasEvicted } from "../timeline/hold.ts";
import { cameInPlaceOf, CONNECTING_MS_MAX, isOnlyOneOfItsName } from "../timeline/note-evictions.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { groupTakeovers } from "./takeover-groups.ts";
import type { Takeover, Takeovers, TakeoverWait } from "./takeover.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function findTakeovers(history: FunctionHistory, judged: Listed<AssessedInvocation>): Takeovers {
  const evicted = history.holds.filter(wasEvicted);
  const harmed = new Set<ObservedInvocation>();
  if (evicted.length > 0)
    for (const { assessment, invocation } of judged)
      if (assessment?.judged === "harmed" && assessment.how === "evicted" && invocation !== null)
        harmed.add(invocation);
  const found: Takeover[] = [];
  let byUnknown = 0;
  for (const victim of evicted) {
    const evicter = findEvicter(history, victim);
    if (evicter.by === "stranger") continue;
    if (evicter.by !== "function") byUnknown += 1;
    else if (evicter.hold.environment !== victim.environment)
      found.push({
        victim,
        evicter: evicter.hold,
        at: evictionTime(victim) ?? victim.time,
        waits: waitsAfter(victim, harmed),
      });
  }
  const links = history.links === null ? [] : [...history.links.values()].flat();
  found.sort((a, b) => a.at - b.at);
  const came = links.filter(mayHaveCome).sort((a, b) => a.openedAt - b.openedAt);
  return {
    found,
    groups: groupTakeovers(found),
    byUnknown,
    possible: history.peer === null ? history.holds.filter((hold) => mayBeTakenOver(came, hold)).length : 0,
    shown: evicted.length > 0 || links.some(isOnlyOneOfItsName),
  };
}

export function everyTakeoverIsKnown({ byUnknown, possible }: Takeovers): boolean {
  return byUnknown + possible === 0;
}

/** Whether the server ended the connection, without giving a reason, just after another environment had connected. */
function mayBeTakenOver(came: readonly LinkConnection[], hold: Attempt): boolean {
  const { link, environment } = hold;
  if (link === null || link.evicted || link.by !== "peer" || link.closedAt === null) return false;
  if (endedByFunction(link)) return false;
  if (link.clientName !== null || link.code !== null) return false;
  const endedAt = link.closedAt;
  const near = { from: endedAt - CONNECTING_MS_MAX, to: endedAt };
  return itemsWithin(came, ({ openedAt }) => openedAt, near).some(
    (other) =>
      other.environment !== environment.id && other.openedAt > link.openedAt && cameInPlaceOf(endedAt, other),
  );
}

/**
 * A client that sends nothing at first may have been served, although no attempt with an outcome shows it. If the server ended its
 * connection soon without a byte, this was a refusal or the next takeover.
 */
function mayHaveCome({ attempt, failedAt, answered }: LinkConnection): boolean {
  if (failedAt !== null) return false;
  return attempt === null || attempt.outcome === "accepted" || (attempt.outcome === "refused" && !answered);
}

/** In the search for invocations that waited, at most this many invocations that did not need the connection are passed over. */
const PASSED_OVER_MAX = 2;

/** Returns the invocations that failed because of the takeover, and the first one that got another connection. */
function waitsAfter(victim: Attempt, harmed: ReadonlySet<ObservedInvocation>): readonly TakeoverWait[] {
  const { boot, environment } = victim;
  const at = inFunctionTime(victim);
  if (at === null) return [];
  const next = nextAccepted(boot, at);
  const got = next === null ? NEVER : servedFrom(next);
  const { invocations } = environment;
  const waits: TakeoverWait[] = [];
  let passedOver = 0;
  const first = firstIndex(invocations.length, (index) => endOf(invocations.at(index)) >= at);
  for (let index = first; index < invocations.length && passedOver <= PASSED_OVER_MAX; index += 1) {
    const invocation = invocations.at(index);
    if (invocation?.start == null || invocation.boot !== boot || got <= invocation.start) break;
    const from = later(at, invocation.start);
    if (got < NEVER && got <= (invocation.end ?? Infinity)) return [...waits, { invocation, from, to: got }];
    if (harmed.has(invocation)) waits.push({ invocation, from, to: null });
    else passedOver += 1;
  }
  return waits;
}

function endOf(invocation: ObservedInvocation | undefined): EpochMs {
  return invocation?.end ?? invocation?.start ?? epochMs(0);
}

/** Returns the time of the takeover by the clock of the environment. Null if the difference to the peer's clock is unknown. */
function inFunctionTime(victim: Attempt): EpochMs | null {
  const at = evictionTime(victim);
  const ahead = victim.environment.peerAhead;
  if (at === null || victim.peer?.endedAt == null) return at;
  return ahead === null ? null : earlierBy(at, (ahead.from + ahead.to) / 2);
}

function nextAccepted({ accepted }: ObservedBoot, at: EpochMs): Attempt | null {
  return accepted[firstIndex(accepted.length, (index) => (accepted[index]?.time ?? 0) > at)] ?? null;
}

function servedFrom({ clock, link, time }: Attempt): EpochMs {
  return clock === "link" ? (link?.acceptedAt ?? time) : time;
}
