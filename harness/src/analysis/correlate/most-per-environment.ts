/**
 * Counts how many connections one environment of a function had open at one time. Each environment that is alive may need as many places as
 * the greatest of these numbers.
 */
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import type { Span } from "../timeline/clock-shifts.ts";
import { mostOpen } from "./most-open.ts";

/** How a connection counts whose end no line shows. `certainly`: not as open. `possibly`: as open. */
type Open = "certainly" | "possibly";

/** Returns the most connections that any of the environments had open at one time; at least 1. */
export function mostPerEnvironment(environments: readonly ObservedEnvironment[], open: Open): number {
  return environments.reduce((most, one) => Math.max(most, mostOf(one, open)), 1);
}

/**
 * Returns the most connections that one process of the environment had open at one time. All times of a process are from one clock. For
 * connections that only the peer's log shows, the order of the lines in this log is used instead.
 */
function mostOf({ boots }: ObservedEnvironment, open: Open): number {
  return boots.reduce((most, { accepted }) => {
    const own = accepted.filter(({ clock }) => clock !== "peer");
    const byPeer = accepted.filter(({ clock }) => clock === "peer");
    return Math.max(
      most,
      mostOpen(own.map((hold) => ({ from: hold.time, to: endOf(hold, open) }))),
      mostOpen(byPeer.map((hold) => linesOf(hold, open))),
    );
  }, 0);
}

/**
 * Returns the time at which the connection ended, by the function's clock. The link writes a line about every end. Without a link, the function may
 * have closed the connection without a line.
 */
function endOf({ time, disconnect, link, peer, environment }: Attempt, open: Open): number {
  const shown = disconnect?.time ?? link?.closedAt ?? null;
  if (shown !== null) return shown;
  if (link === null && open === "certainly") return time;
  const ahead = environment.peerAhead;
  return peer?.endedAt == null || ahead === null ? Infinity : peer.endedAt - ahead.from;
}

function linesOf({ peer }: Attempt, open: Open): Span {
  const from = peer?.acceptedLine ?? 0;
  return { from, to: peer?.endedLine ?? (open === "certainly" ? from : Infinity) };
}
