/**
 * Whether a peer log can be the log of the peer that the function talked to. One of another machine, or of another day, is complete in itself;
 * what it is silent about would acquit. It shows in what the function says was accepted while that log was being written.
 */
import type { PeerConnection } from "../environment.ts";
import type { PeerTimeline } from "../peer-timeline.ts";
import type { Story } from "../story.ts";
import type { PartialFinding } from "./check.ts";

export function peerLogProblems(story: Story): PartialFinding[] {
  const { peer, settings, ownHolds } = story;
  if (peer === null || peer.times.length === 0 || ownHolds.length === 0) return [];
  const { firstTime, lastTime } = peer;
  const tolerance = settings.clockToleranceMs;
  const within = ownHolds.filter(
    ({ time }) => time > (firstTime ?? Infinity) + tolerance && time < (lastTime ?? -Infinity) - tolerance,
  );
  const looked = within.length > 0 ? within : ownHolds;
  const nameless = peer.accepted.filter((connection) => connection.hello === null);
  // Each that is only counted was found in both.
  const counted = [...story.condensedElsewhere.peerConnections.values()].reduce((sum, one) => sum + one, 0);
  const all = looked.length + counted;
  const found =
    looked.filter((hold) => hold.peer !== null || isNear(nameless, hold.time, tolerance)).length + counted;
  // A log that lost lines says so itself; one that has hardly anything of the function's is not its peer's.
  if (found * 2 >= all || (found > 0 && hasHoles(peer))) return [];
  return [
    {
      status: "unknown",
      text: `The peer's log shows ${found} of ${all} connections that the function says were accepted: it is another peer's or of another time, or its clock is far off.`,
    },
  ];
}

function hasHoles(peer: PeerTimeline): boolean {
  return peer.missingLines > 0 || !peer.numbered;
}

function isNear(accepted: readonly PeerConnection[], time: number, toleranceMs: number): boolean {
  let low = 0;
  let high = accepted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((accepted[middle]?.acceptedAt ?? 0) < time - toleranceMs) low = middle + 1;
    else high = middle;
  }
  const at = accepted[low]?.acceptedAt ?? null;
  return at !== null && at <= time + toleranceMs;
}
