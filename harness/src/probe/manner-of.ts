/**
 * What the connections of a probe show of the machine. Silence shows nothing: a machine with more places, one that lets clients wait, and
 * one that decides only after the client speaks all look the same.
 */
import type { MannerUnknown, ProbedConnection, ServerManner, WhenFull } from "../record/probe.ts";

export interface Observed {
  readonly connections: readonly ProbedConnection[];
  /** The most clients at one time. */
  readonly upTo: number;
}

/** `manner` is what is known until now. With `open-next` and `release` the probe is not finished. */
export interface MannerReading {
  readonly next: "open-next" | "release" | "stop";
  readonly manner: ServerManner;
}

const NOTHING: ServerManner = {
  places: null,
  whenFull: null,
  unknown: null,
  turnsAwayAfterMs: null,
  freesAfterMs: null,
};

export function mannerOf({ connections, upTo }: Observed): MannerReading {
  // The first connection that the probe closed was a served one, and all later ones came to find out when its place was free.
  const released = connections.find(({ closedMs }) => closedMs !== null)?.closedMs ?? Infinity;
  const clients = connections.filter(({ askedMs }) => askedMs < released).map((one) => before(one, released));
  const later = connections.filter(({ askedMs }) => askedMs >= released);
  const [first] = clients;
  const newest = clients.at(-1);
  if (first === undefined || newest === undefined) return { next: "open-next", manner: NOTHING };
  if (newest === first)
    return first.openedMs !== null && first.end === null
      ? openNext(clients, upTo)
      : { next: "stop", manner: unknown("first-not-held") };

  const places = clients.length - 1;
  if (clients.slice(0, -1).some(({ end }) => end !== null))
    return {
      next: "stop",
      manner: newest.end === null ? { ...NOTHING, places, whenFull: "ends-older" } : unknown("idle-limit"),
    };
  if (newest.end !== null) {
    const turnsAwayAfterMs = newest.end.atMs - (newest.openedMs ?? newest.askedMs);
    const freesAfterMs = freeAfterTries(later, released, turnsAwayAfterMs);
    const manner = { ...NOTHING, places, whenFull: turnedAway(newest), turnsAwayAfterMs, freesAfterMs };
    return { next: "release", manner };
  }
  if (newest.openedMs === null || (first.greeting !== null && newest.greeting === null)) {
    const { openedMs, greeting } = connections[clients.length - 1] ?? newest;
    const placed = newest.openedMs === null ? openedMs : (greeting?.atMs ?? null);
    const freesAfterMs = placed === null ? null : { moreThan: 0, atMost: placed - released };
    return { next: "release", manner: { ...NOTHING, places, whenFull: "waits", freesAfterMs } };
  }
  return looksAlike(first, newest)
    ? openNext(clients, upTo)
    : { next: "stop", manner: unknown("greeted-differently") };
}

function openNext(clients: readonly ProbedConnection[], upTo: number): MannerReading {
  if (clients.length < upTo) return { next: "open-next", manner: NOTHING };
  return { next: "stop", manner: unknown(clients[0]?.greeting === null ? "silence" : "all-served") };
}

function unknown(why: MannerUnknown): ServerManner {
  return { ...NOTHING, unknown: why };
}

/** A connection that is reset immediately may already be gone when the system says that it was made. */
function turnedAway({ openedMs, greeting, end }: ProbedConnection): WhenFull {
  if (openedMs === null && end?.how !== "reset") return "does-not-listen";
  return greeting === null ? "closes" : "says-and-closes";
}

/** What was known of a connection at this time. */
function before(one: ProbedConnection, ms: number): ProbedConnection {
  const { openedMs, greeting, end } = one;
  return {
    ...one,
    openedMs: openedMs !== null && openedMs < ms ? openedMs : null,
    greeting: greeting !== null && greeting.atMs < ms ? greeting : null,
    end: end !== null && end.atMs < ms ? end : null,
  };
}

/** Some greetings differ each time, because they have a number or a random part, but they are equally long. */
function looksAlike({ greeting: first }: ProbedConnection, { greeting: other }: ProbedConnection): boolean {
  return first?.digest === other?.digest || first?.bytes === other?.bytes;
}

/** Whoever was turned away came when the place was not free yet. The one that was served had it when it could no longer be turned away. */
function freeAfterTries(
  tries: readonly ProbedConnection[],
  released: number,
  turnsAwayAfterMs: number,
): ServerManner["freesAfterMs"] {
  const served = tries.find(({ end, openedMs }) => end === null && openedMs !== null);
  if (served?.openedMs === undefined || served.openedMs === null) return null;
  const turned = tries.filter(({ end }) => end !== null).at(-1);
  const placed = served.greeting?.atMs ?? served.openedMs + turnsAwayAfterMs;
  return { moreThan: turned === undefined ? 0 : turned.askedMs - released, atMost: placed - released };
}
