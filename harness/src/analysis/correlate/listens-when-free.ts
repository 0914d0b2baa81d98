/**
 * Recognises attempts that a full peer turned away by not listening (docs/checks.md#a-peer-that-stops-listening). A device with a single
 * socket stops listening while it serves a client, so the next client gets the same reset as from a peer that is down. The links show the
 * difference: such a peer closed its half of a connection after the client had ended it, and then accepted the next client.
 */
import type { EpochMs } from "../../base/time.ts";
import { onAxis, spanOnAxis } from "../../base/clocks.ts";
import { firstIndex, itemsWithin } from "../../base/first-index.ts";
import type { LinkConnection } from "../timeline/environment.ts";
import { openSpan, triedDuring } from "../timeline/open-link.ts";
import { OpenSpans } from "../timeline/open-spans.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";

/**
 * Changes the outcome of these attempts from `failed` to `refused`. `peer` is the peer's log, if there is one. `probed`: a probe saw that the
 * peer does not listen while it is full, so the links need not show it.
 */
export function noteRefusedUnheard(
  links: ReadonlyMap<string, readonly LinkConnection[]>,
  peer: Pick<PeerTimeline, "readyAt" | "down"> | null,
  probed: boolean,
): void {
  const all = [...links.values()].flat().sort((a, b) => a.openedAt - b.openedAt);
  const failed = all.filter(wasUnheard);
  if (failed.length === 0) return;
  const holds = all.filter(({ attempt }) => attempt?.outcome === "accepted");
  const open = new OpenSpans(holds.map(openSpan));
  const down = new OpenSpans((peer?.down ?? []).map(spanOnAxis));
  const covered = new Set(
    failed.filter((one) => open.cover(triedDuring(one)) && !down.cover(triedDuring(one))),
  );
  const served = ({ attempt }: LinkConnection): boolean => attempt?.outcome === "accepted";
  const freed = holds.filter((hold) =>
    wasFreed(hold, { all, covered, readyAt: (peer?.readyAt ?? []).map((ready) => onAxis(ready)), served }),
  );
  const shown = new OpenSpans(freed.map(openSpan));
  if (!probed && ![...covered].some((one) => shown.cover(triedDuring(one)))) return;
  // The peer has shown that it stops listening. So in the whole run, an open connection is a reason for a refusal even if its end is not
  // known, unless the peer ended it.
  const kept = new OpenSpans(holds.filter(({ by }) => by !== "peer").map(openSpan));
  for (const one of covered)
    if (one.attempt?.outcome === "failed" && kept.cover(triedDuring(one))) one.attempt.outcome = "refused";
}

/**
 * Returns the connections without an answer that the peer had taken, because it then stopped listening until they ended. Empty if the peer
 * is not seen to do so. (If a connection still waits when a peer stops listening, the operating system resets it.) `all` are the
 * connections of all environments.
 */
export function heldUnheard(all: readonly LinkConnection[]): readonly LinkConnection[] {
  const inOrder = [...all].sort((a, b) => a.openedAt - b.openedAt);
  const failed = inOrder.filter(wasUnheard);
  const holds = all.filter((one) => {
    const span = openSpan(one);
    const tried = itemsWithin(failed, ({ openedAt }) => openedAt, span);
    return one.failedAt === null && one.by !== "peer" && tried.some((it) => triedDuring(it).to <= span.to);
  });
  if (holds.every(({ answered }) => answered)) return [];
  const open = new OpenSpans(holds.map(openSpan));
  const around: ConnectionsAround = {
    all: inOrder,
    covered: new Set(failed.filter((one) => open.cover(triedDuring(one)))),
    readyAt: [],
    served: ({ answered }) => answered,
  };
  return holds.some((hold) => wasFreed(hold, around)) ? holds.filter(({ answered }) => !answered) : [];
}

function wasUnheard({ failedAt, failedBy }: LinkConnection): boolean {
  return failedAt !== null && failedBy === "ECONNREFUSED";
}

interface ConnectionsAround {
  readonly all: readonly LinkConnection[];
  readonly covered: ReadonlySet<LinkConnection>;
  readonly readyAt: readonly EpochMs[];
  readonly served: (link: LinkConnection) => boolean;
}

/** Whether the peer served this connection until the function's side ended it, and then accepted the next client without a restart. */
function wasFreed(hold: LinkConnection, { all, covered, readyAt, served }: ConnectionsAround): boolean {
  const { closedAt } = hold;
  if (closedAt === null || !endedInOrder(hold)) return false;
  let after = firstIndex(all.length, (index) => (all[index]?.openedAt ?? -Infinity) >= closedAt);
  // The next attempt can have failed because the peer served a further connection at that time. So such attempts are passed over.
  while (covered.has(all[after] as LinkConnection)) after += 1;
  const next = all[after];
  return (
    next !== undefined &&
    served(next) &&
    !readyAt.some((ready) => ready >= openSpan(hold).from && ready <= (next.connectedAt ?? next.openedAt))
  );
}

/**
 * Only a FIN that was not answered with a reset shows that the peer itself noticed the end. A peer that was restarted meanwhile answers the
 * FIN with a reset, and does not notice a silent end.
 */
function endedInOrder({ by, ending, silencedAt, endReset }: LinkConnection): boolean {
  return (
    (by === "function" || by === "environment-end") && ending === "fin" && silencedAt === null && !endReset
  );
}
