/** When a connection was open at the peer, and when an attempt was made, as the link saw it. */
import { NEVER, earlierBy, type Span } from "../../base/clocks.ts";
import type { LinkConnection } from "./environment.ts";

/**
 * If the peer ended the connection, for example because it stopped, it may have begun to turn other clients away this long before the link
 * saw the end.
 */
const NOTICED_MS = 50;

/** Empty if the link did not reach the peer. */
export function openSpan({ connectedAt, closedAt, by }: LinkConnection): Span {
  const to = closedAt ?? NEVER;
  return { from: connectedAt ?? NEVER, to: by === "peer" ? earlierBy(to, NOTICED_MS) : to };
}

/** Only for an attempt that failed. */
export function triedDuring({ openedAt, failedAt }: LinkConnection): Span {
  return { from: openedAt, to: failedAt ?? openedAt };
}
