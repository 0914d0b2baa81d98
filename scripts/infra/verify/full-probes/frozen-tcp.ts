/**
 * Whether TCP answers while an environment is frozen. The peer asks idle connections after a minute whether the other side is still there (TCP
 * keep-alive), and gives up at the latest eleven minutes later if nothing answers.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, notReached, onAws } from "../probe.ts";
import { LABEL, unusedConnection } from "./unused-connection.ts";

/** Longer than all tries of the keep-alive of Linux: 60 s idle, then 9 times 75 s. */
const FROZEN_MS = 14 * 60_000;

export const frozenTcp: FullProbe = onAws(
  "The local engine cannot show how AWS freezes environments.",
  frozenFor(FROZEN_MS),
);

export function frozenFor(lengthMs: number): FullProbe {
  return async ({ peerLines, signal }) => {
    const before = unusedConnection(await peerLines(LABEL));
    if (before === null || before.end !== null)
      return notReached("No environment that was never invoked holds the peer.");
    await sleep(lengthMs, null, { signal });
    const after = unusedConnection(await peerLines(LABEL));
    const minutes = Math.round(lengthMs / 60_000);
    if (after === null || after.connection !== before.connection)
      return notReached("The peer's log has lost the connection.");
    if (after.end === null)
      return confirmed(
        `After ${minutes} min frozen the connection is open: TCP answered the peer's keep-alive.`,
      );
    return after.end === "reset"
      ? differs(
          `Within ${minutes} min the peer's keep-alive or a RST ended the connection of the frozen environment.`,
        )
      : notReached(
          `Within ${minutes} min the connection ended at the peer as ${after.end}, before the time was over.`,
        );
  };
}
