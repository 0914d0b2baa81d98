/**
 * Decides whether an invocation may have made an attempt that no source names. If so, the earlier attempt of its process, which was turned
 * away, does not show why the invocation failed.
 */
import { onAxis, spanOnAxis } from "../../base/clocks.ts";
import { itemsWithin } from "../../base/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * Lifecycle lines and links show every attempt. Without them, only the peer's log can show that another attempt is possible: the peer was
 * down during the invocation, or a client without a name came during it and was neither accepted nor turned away by a limit. If the server
 * refused this client for a reason that counts no places (sshd's MaxStartups), no limit turned it away: this refusal can be the reason why
 * the invocation failed. `earlier` is the attempt that was turned away.
 */
export function mayHaveTriedAgain(
  { links, peer, orderToleranceMs: tolerance }: FunctionHistory,
  { boot, start, end }: ObservedInvocation,
  earlier: Attempt,
): boolean {
  if (boot.lines > 0 || links !== null || peer === null || start === null || end === null) return false;
  if (earlier.time >= start) return false;
  const span = { from: start - tolerance, to: end + tolerance };
  if (peer.down.map(spanOnAxis).some(({ from, to }) => from <= span.to && to >= span.from)) return true;
  const came = itemsWithin(peer.connections, ({ firstAt }) => onAxis(firstAt), span);
  const known = earlier.peer?.firstLine ?? -1;
  return came.some(
    ({ hello, attempt, acceptedAt, refusedAt, limit, firstLine }) =>
      hello === null &&
      attempt === null &&
      acceptedAt === null &&
      (refusedAt === null || limit === "none") &&
      firstLine > known,
  );
}
