/**
 * Notes which connections waited in the peer's queue before they were served: the peer's first byte came only when another connection, which
 * was older, had ended. The link of the waiting connection alone does not show that it waited, because the operating system accepts a
 * connection that waits.
 */
import { NEVER } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import { itemsWithin } from "../../base/first-index.ts";
import type { Attempt, LinkConnection, ObservedEnvironment } from "../timeline/environment.ts";
import { isLateAnswer, PLACE_PASSES_MS } from "../timeline/late-answer.ts";

export function noteQueued(environments: readonly ObservedEnvironment[]): void {
  const linked = environments.flatMap(({ boots }) =>
    boots.flatMap(({ attempts }) => attempts.filter(({ link }) => link !== null)),
  );
  const waited = linked.filter(mayHaveWaited).flatMap(({ link }) => link ?? []);
  if (waited.length === 0) return;
  const ended = linked
    .flatMap(({ outcome, link }) =>
      link !== null && link.closedAt !== null && (outcome === "accepted" || isLateAnswer(link)) ? [link] : [],
    )
    .sort((a, b) => endOf(a) - endOf(b));
  for (const link of waited) {
    const at = link.answeredAt ?? 0;
    const near = { from: at - PLACE_PASSES_MS, to: at + PLACE_PASSES_MS };
    link.queued = itemsWithin(ended, endOf, near).some((other) => isBefore(other, link));
  }
}

/** False if a line of the function or of the peer shows when the connection was accepted. */
function mayHaveWaited({ clock, outcome, link }: Attempt): boolean {
  return (
    outcome === "accepted" &&
    clock === "link" &&
    link?.answeredAt != null &&
    link.answeredAt - connectedAt(link) > PLACE_PASSES_MS
  );
}

/** Whether the peer served this connection when the later one came, as far as the link shows. */
function isBefore(one: LinkConnection, later: LinkConnection): boolean {
  return (
    one !== later &&
    connectedAt(one) < connectedAt(later) &&
    endOf(one) > connectedAt(later) &&
    (one.answeredAt ?? connectedAt(one)) < (later.answeredAt ?? 0)
  );
}

function connectedAt({ connectedAt: at, openedAt }: LinkConnection): EpochMs {
  return at ?? openedAt;
}

function endOf({ closedAt }: LinkConnection): EpochMs {
  return closedAt ?? NEVER;
}
