/** Counts how many connections one environment of a function had open at one time. Each living environment may need that many places. */
import type { EpochMs } from "../../base/time.ts";
import { NEVER, onAxis, type Span } from "../../base/clocks.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { mostOpen } from "./most-open.ts";

/** A connection without a line about its end counts as open only with `possibly`. */
type OpenCertainty = "certainly" | "possibly";

/** Returns at least 1. */
export function mostPerEnvironment(
  environments: readonly ObservedEnvironment[],
  open: OpenCertainty,
): number {
  return environments.reduce((most, one) => Math.max(most, mostOf(one, open)), 1);
}

/** All times are from the clock of the process. For connections that only the peer's log shows, the order of the log's lines counts. */
function mostOf({ boots }: ObservedEnvironment, open: OpenCertainty): number {
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
 * Returns the end of a connection by the function's clock. The link writes a line about every end, but the function may close a connection
 * without a line.
 */
function endOf({ time, disconnect, link, peer, environment }: Attempt, open: OpenCertainty): EpochMs {
  const shown = disconnect?.time ?? link?.closedAt ?? null;
  if (shown !== null) return shown;
  if (link === null && open === "certainly") return time;
  const ahead = environment.peerAhead;
  return peer?.endedAt == null || ahead === null ? NEVER : onAxis(peer.endedAt, ahead.from);
}

function linesOf({ peer }: Attempt, open: OpenCertainty): Span<number> {
  const from = peer?.acceptedLine ?? 0;
  return { from, to: peer?.endedLine ?? (open === "certainly" ? from : Infinity) };
}
