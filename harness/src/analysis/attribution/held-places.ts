/**
 * Finds the connections that held places of the peer throughout an attempt (docs/checks.md#more-than-one-place). Three
 * things can show this: the order of lines in a peer log, the link log, or a later invocation that the same connection served.
 */
import { ALWAYS, NEVER, between, onAxis, type Span } from "../../base/clocks.ts";
import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";
import { holdFrom, placeFrom } from "../timeline/hold.ts";
import { turnedAwayLine, type PeerTimeline } from "../timeline/peer-timeline.ts";
import { LOGGED_LATE_MS } from "../correlate/read-server-log.ts";
import { identifyClient } from "./identify-client.ts";
import { succeeded } from "./invocation-outcome.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export type HeldPlace =
  | { readonly by: "function"; readonly hold: Attempt; readonly witness: "own-lines" | "other" }
  | { readonly by: "stranger"; readonly name: string }
  | { readonly by: "unknown" };

/** `ended`: the connection was open for a part of the attempt only, or not at all. */
type OpenDuring = "throughout" | "ended" | "unknown";

/** `span` is the time of the attempt by the function's clock. */
export function placesHeld(history: FunctionHistory, attempt: Attempt, span: Span): readonly HeldPlace[] {
  const held: HeldPlace[] = [];
  for (const hold of history.holds) {
    if (hold === attempt) continue;
    const { open, witness } = openDuring(history, hold, { attempt, span });
    if (open === "throughout") held.push({ by: "function", hold, witness });
  }
  const { peer } = history;
  const unpaired = new Set(holdsOf(held).filter((hold) => hold.peer === null));
  for (const connection of peer?.accepted ?? []) {
    if (connection.attempt !== null && !connection.abandoned) continue;
    if (peer === null || openByPeer(history, peer, connection, { attempt, span }) !== "throughout") continue;
    const counted =
      connection.hello === null && !connection.abandoned
        ? openedAbout(history, unpaired, connection)
        : undefined;
    // One of the function's own lines is about this connection, or about another one that has no name either.
    if (counted !== undefined) {
      unpaired.delete(counted);
      continue;
    }
    const client = identifyClient(history, connection);
    held.push(client.who === "stranger" ? { by: "stranger", name: client.name } : { by: "unknown" });
  }
  return held;
}

function holdsOf(held: readonly HeldPlace[]): readonly Attempt[] {
  return held.flatMap((place) => (place.by === "function" ? [place.hold] : []));
}

/** Returns an attempt that was made within the clock tolerance of the time at which the peer accepted this connection. */
function openedAbout(
  { settings }: FunctionHistory,
  attempts: ReadonlySet<Attempt>,
  { acceptedAt }: ObservedPeerConnection,
): Attempt | undefined {
  return [...attempts].find(
    ({ time }) => Math.abs(time - (onAxis(acceptedAt) ?? Infinity)) <= settings.clockToleranceMs,
  );
}

export function strangersIn(held: readonly HeldPlace[]): readonly string[] {
  return held.flatMap((place) => (place.by === "stranger" ? [place.name] : []));
}

interface During {
  readonly attempt: Attempt;
  readonly span: Span;
}

function openDuring(
  history: FunctionHistory,
  hold: Attempt,
  during: During,
): { readonly open: OpenDuring; readonly witness: "own-lines" | "other" } {
  const { peer } = history;
  if (holdFrom(hold) > during.span.to + history.settings.clockToleranceMs)
    return { open: "ended", witness: "other" };
  const byPeer =
    peer === null || hold.peer === null ? "unknown" : openByPeer(history, peer, hold.peer, during);
  if (byPeer === "ended") return { open: "ended", witness: "other" };
  const byLink = hold.link === null ? "unknown" : openByLink(history, hold, during.span);
  // One source that shows the end is enough, because the other sources may have lost their lines about it.
  if (byLink === "ended") return { open: "ended", witness: "other" };
  if (closedByFunction(history, hold, during.span) && !endedLongAfter(hold.peer, during.attempt.peer))
    return { open: "ended", witness: "other" };
  if (byPeer === "throughout" || byLink === "throughout") return { open: "throughout", witness: "other" };
  return { open: openByOwnLines(history, hold, during.span), witness: "own-lines" };
}

/**
 * If the peer's log has lines about this connection and about the attempt, the order of these lines decides. Else their times decide, within
 * the tolerance.
 */
function openByPeer(
  history: FunctionHistory,
  peer: PeerTimeline,
  connection: ObservedPeerConnection,
  { attempt, span }: During,
): OpenDuring {
  const { acceptedLine, endedLine, acceptedAt, endedAt, life } = connection;
  if (acceptedLine === null || acceptedAt === null) return "ended";
  // `displaced`: a later line shows only that the connection had ended by then.
  const endShown = endedLine !== null && connection.ending !== "displaced";
  const whole = peer.numbered && peer.missingLines === 0 && peer.endsShown;
  const own = attempt.peer;
  if (own !== null) {
    const last = turnedAwayLine(own);
    if (last === null) return "unknown";
    if (own.life !== life || acceptedLine > own.firstLine) return "ended";
    if (endedLine === null) return whole ? "throughout" : "unknown";
    if (endShown) return endedLine > last ? "throughout" : "ended";
    return "unknown";
  }
  const tolerance = history.orderToleranceMs;
  if (!Number.isFinite(tolerance)) return "unknown";
  if (onAxis(acceptedAt) > span.to + tolerance) return "ended";
  if (endShown && endedAt !== null && onAxis(endedAt) < span.from - tolerance) return "ended";
  const from = onAxis(acceptedAt) < span.from - tolerance;
  const to = endShown
    ? (onAxis(endedAt) ?? 0) > span.to + tolerance
    : endedLine === null && whole && (onAxis(peer.lastTime) ?? 0) > span.to + tolerance;
  return from && to ? "throughout" : "unknown";
}

/**
 * Whether the peer's log shows that the peer ended the connection long after it refused the attempt. Then the function's FIN was lost on the
 * way, and the connection still held its place. If the end was logged soon after the refusal, the peer may only have
 * written this line late.
 */
function endedLongAfter(
  held: ObservedPeerConnection | null,
  refused: ObservedPeerConnection | null,
): boolean {
  if (held === null || refused === null || held.life !== refused.life) return false;
  if (held.ending === "displaced" || held.ending === "ready") return false;
  const last = turnedAwayLine(refused);
  if (last === null || held.endedLine === null || held.endedLine < last) return false;
  return between(refused.refusedAt ?? refused.endedAt ?? NEVER, held.endedAt ?? ALWAYS) > LOGGED_LATE_MS;
}

/** Links have the clock of the function, so no tolerance is needed. */
function openByLink(
  history: FunctionHistory,
  { link, environment, peer }: Attempt,
  { from, to }: Span,
): OpenDuring {
  if (link === null || link.failedAt !== null) return "ended";
  const { closedAt, silencedAt } = link;
  const placeAt = placeFrom(link) ?? link.openedAt;
  if (placeAt > from || (closedAt !== null && closedAt < to)) return "ended";
  if (placeAt === from || closedAt === to) return "unknown";
  // If the peer log lost lines, the end of this connection may be missing both in the peer log and in the link log.
  const lost = peer === null && history.peer !== null && history.peer.missingLines > 0;
  if (closedAt === null && lost) return "unknown";
  // When an environment ends, its link writes `closed` or `silenced`. If neither is there, a record is missing.
  const gone = environment.end !== null && environment.end <= to;
  return closedAt === null && gone && silencedAt === null ? "unknown" : "throughout";
}

function closedByFunction(
  { local, settings }: FunctionHistory,
  { disconnect }: Attempt,
  { from }: Span,
): boolean {
  return disconnect !== null && disconnect.time < from - (local ? 0 : settings.clockToleranceMs);
}

/** If the connection served an invocation that began after the attempt, it was open throughout the attempt. */
function openByOwnLines(history: FunctionHistory, hold: Attempt, { from, to }: Span): OpenDuring {
  const tolerance = history.local ? 0 : history.settings.clockToleranceMs;
  const { boot, environment, disconnect } = hold;
  if (!hold.ownLine || boot.missingLines || hold.time >= from - tolerance) return "unknown";
  // If a process has several connections, nothing shows which of them an invocation used.
  const others = boot.accepted.some(
    (one) =>
      one !== hold && (one.disconnect?.time ?? Infinity) > to && one.time < (disconnect?.time ?? Infinity),
  );
  if (others) return "unknown";
  const used = environment.invocations.some(
    (one) =>
      one.boot === boot &&
      one.start !== null &&
      one.start > to + tolerance &&
      one.end !== null &&
      one.end <= (disconnect?.time ?? Infinity) &&
      one.attempts.length === 0 &&
      one.perhaps.length === 0 &&
      succeeded(history, one),
  );
  return used ? "throughout" : "unknown";
}
