/**
 * Decides whether a peer log can come from the function's peer. If the log is of another machine or another day, the judgement must not use
 * it: it lacks the function's connections, so they would wrongly count as never made. Such a log is recognised because it has too few of the
 * function's connections, or because they match only by chance.
 */
import { durationMs, epochMs, type DurationMs, type EpochMs } from "../../../base/time.ts";
import { after, between, onAxis } from "../../../base/clocks.ts";
import { firstIndex } from "../../../base/first-index.ts";
import jstat from "jstat";
import type { PeerTimeline } from "../../timeline/peer-timeline.ts";
import { sayUnknown, type PartialFinding } from "./check.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

/**
 * The function's line and the peer's line about one connection are at most this far apart, not counting the difference of the clocks.
 */
const NEAR_MS = durationMs(50);
/**
 * If the probability that the log of another peer matches equally well is greater than this, the given log may be the log of another peer.
 */
const CHANCE_MAX = 0.01;

/** Empty if the log can come from the function's peer. */
export function peerLogProblems(history: FunctionHistory): PartialFinding[] {
  const { peer, settings, ownHolds } = history;
  if (peer === null || peer.times.length === 0 || ownHolds.length === 0) return [];
  const { firstTime, lastTime } = peer;
  const tolerance = settings.clockToleranceMs;
  const within = ownHolds.filter(
    ({ time }) =>
      time > (onAxis(firstTime) ?? Infinity) + tolerance &&
      time < (onAxis(lastTime) ?? -Infinity) - tolerance,
  );
  const looked = within.length > 0 ? within : ownHolds;
  const nameless = peer.accepted.filter((connection) => connection.hello === null);
  const acceptedAt = nameless.map((connection) => onAxis(connection.acceptedAt) ?? epochMs(0));
  const all = looked.length;
  const found = looked.filter(
    (hold) => hold.peer !== null || isNear(acceptedAt, hold.time, tolerance),
  ).length;
  // A log with fewer than half of the function's connections comes from another peer. The exception is a log that has some of them and
  // lacks lines, which other checks report: the remaining connections may be in the missing lines.
  if (found * 2 < all && !(found > 0 && hasHoles(peer))) {
    return [sayUnknown("peer-log-foreign", { found, of: all })];
  }
  const named = looked.some((hold) => hold.peer?.hello != null);
  const span = lastTime === null || firstTime === null ? durationMs(0) : between(firstTime, lastTime);
  if (
    named ||
    byChance({ own: looked.map(({ time }) => time), times: acceptedAt, span, tolerance }) <= CHANCE_MAX
  )
    return [];
  return [sayUnknown("peer-log-nameless", { connections: looked.length })];
}

/**
 * Returns an upper bound of the probability that an equally busy log of another machine would match at least as well. By chance, the number
 * of the function's lines near a line of the peer has a binomial distribution. Each possible difference of the clocks is one try.
 */
function byChance(input: {
  readonly own: readonly EpochMs[];
  readonly times: readonly EpochMs[];
  readonly span: DurationMs;
  readonly tolerance: DurationMs;
}): number {
  const { own, times, span, tolerance } = input;
  if (span <= 0) return 1;
  const hit = Math.min(1, (times.length * 2 * NEAR_MS) / span);
  let best = 0;
  let shifts = 0;
  for (let shift = 0 - tolerance; shift <= tolerance; shift += NEAR_MS) {
    shifts += 1;
    best = Math.max(best, own.filter((time) => isNear(times, after(time, shift), NEAR_MS)).length);
  }
  const fewer = best === 0 ? 0 : jstat.jStat.binomial.cdf(best - 1, own.length, hit);
  return Math.min(1, shifts * (1 - fewer));
}

function hasHoles(peer: Pick<PeerTimeline, "missingLines" | "numbered">): boolean {
  return peer.missingLines > 0 || !peer.numbered;
}

function isNear(times: readonly EpochMs[], time: EpochMs, within: DurationMs): boolean {
  const next = times[firstIndex(times.length, (index) => (times[index] ?? 0) >= time - within)];
  return next !== undefined && next <= time + within;
}
