/** Counts, for the invocations that are left out, what the other sources have about them. */
import type { Condensing } from "../function-sources.ts";
import type { CondensedElsewhere } from "../gathered-evidence.ts";

export function countSources(
  { others, partners }: Condensing,
  leftOut: Iterable<number>,
): CondensedElsewhere {
  const { driver, peer, link } = others;
  const counts = { driven: 0, peerConnections: new Map<number, number>(), linkConnections: 0 };
  for (const row of leftOut) {
    if (driver !== null) counts.driven += 1;
    if (link !== null) counts.linkConnections += 1;
    if (peer === null) continue;
    const life = peer.lives[partners.peer(row)] ?? 0;
    counts.peerConnections.set(life, (counts.peerConnections.get(life) ?? 0) + 1);
  }
  return counts;
}
