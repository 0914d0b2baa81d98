/**
 * Decides whether a connection was served only after its client had given up. Many small servers serve one client, and the operating system
 * keeps the others waiting. Such a server later takes the connection that was given up, and answers what the client had sent.
 */
import type { LinkConnection } from "./environment.ts";

/** Within this time, also on a busy machine, a free place goes to the next waiting client, and the links see this. */
export const PLACE_PASSES_MS = 250;

/** An answer that comes at once is never late: the client of a quick server may end the connection without waiting for it. */
export function isLateAnswer(link: LinkConnection): boolean {
  const { outcome, acceptedAt, answeredAt, openedAt, connectedAt, functionEndedAt } = link;
  const served = (outcome === "accepted" ? acceptedAt : null) ?? answeredAt;
  if (served === null || functionEndedAt === null) return false;
  return served > functionEndedAt && served - (connectedAt ?? openedAt) > PLACE_PASSES_MS;
}
