/**
 * Decides whether a peer log can be the log of the peer that the function talked to. A log of another machine or day looks complete, so the
 * connections that it lacks would wrongly count as never made. Such a log is recognised because it lacks the connections that the function
 * says were accepted while the log was written.
 */
import { firstIndex } from "../../../domain/first-index.ts";
import jstat from "jstat";
import type { PeerTimeline } from "../../timeline/peer-timeline.ts";
import type { EvidenceView } from "../../correlate/evidence-view.ts";
import type { PartialFinding } from "./check.ts";

export const PEER_LOG_NEEDS = ["around-trouble", "source-counts"] as const;

/** Besides the difference of the clocks, the peer's line and the function's line about one connection are at most this far apart. */
const NEAR_MS = 50;
/** If the log of another peer would fit as well with more than this probability, it is not shown that the log belongs to this peer. */
const CHANCE_MAX = 0.01;

export function peerLogProblems(history: EvidenceView<typeof PEER_LOG_NEEDS>): PartialFinding[] {
  const { peer, settings, ownHolds } = history;
  if (peer === null || peer.times.length === 0 || ownHolds.length === 0) return [];
  const { firstTime, lastTime } = peer;
  const tolerance = settings.clockToleranceMs;
  const within = ownHolds.filter(
    ({ time }) => time > (firstTime ?? Infinity) + tolerance && time < (lastTime ?? -Infinity) - tolerance,
  );
  const looked = within.length > 0 ? within : ownHolds;
  const nameless = peer.accepted.filter((connection) => connection.hello === null);
  const acceptedAt = nameless.map((connection) => connection.acceptedAt ?? 0);
  // Each connection that is only counted was found in both the peer's log and the function's log.
  const counted = [...history.condensedElsewhere.peerConnections.values()].reduce((sum, one) => sum + one, 0);
  const all = looked.length + counted;
  const found =
    looked.filter((hold) => hold.peer !== null || isNear(acceptedAt, hold.time, tolerance)).length + counted;
  // A log with missing lines is reported elsewhere. A log that has hardly any of the function's connections belongs to another peer.
  if (found * 2 < all && !(found > 0 && hasHoles(peer))) {
    return [{ status: "unknown", code: "peer-log-foreign", parameters: { found, of: all } }];
  }
  const named = counted > 0 || looked.some((hold) => hold.peer?.hello != null);
  const span = (lastTime ?? 0) - (firstTime ?? 0);
  if (
    named ||
    byChance({ own: looked.map(({ time }) => time), times: acceptedAt, span, tolerance }) <= CHANCE_MAX
  )
    return [];
  return [{ status: "unknown", code: "peer-log-nameless", parameters: { connections: looked.length } }];
}

/**
 * An upper bound of the probability that an equally busy log of another machine fits as well. It is the binomial tail of the number of hits
 * at the best shift of its clock, times the number of shifts that were tried. The two lines of one connection are a few milliseconds apart
 * at the same shift; lines of other connections can lie anywhere.
 */
function byChance(input: {
  readonly own: readonly number[];
  readonly times: readonly number[];
  readonly span: number;
  readonly tolerance: number;
}): number {
  const { own, times, span, tolerance } = input;
  if (span <= 0) return 1;
  const hit = Math.min(1, (times.length * 2 * NEAR_MS) / span);
  let best = 0;
  let shifts = 0;
  for (let shift = -tolerance; shift <= tolerance; shift += NEAR_MS) {
    shifts += 1;
    best = Math.max(best, own.filter((time) => isNear(times, time + shift, NEAR_MS)).length);
  }
  const fewer = best === 0 ? 0 : jstat.jStat.binomial.cdf(best - 1, own.length, hit);
  return Math.min(1, shifts * (1 - fewer));
}

function hasHoles(peer: PeerTimeline): boolean {
  return peer.missingLines > 0 || !peer.numbered;
}

function isNear(times: readonly number[], time: number, within: number): boolean {
  const next = times[firstIndex(times.length, (index) => (times[index] ?? 0) >= time - within)];
  return next !== undefined && next <= time + within;
}
