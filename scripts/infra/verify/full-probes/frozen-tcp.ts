/**
 * Does TCP answer while an environment is frozen? After an idle minute, the peer's kernel asks whether the function's side is still there
 * (TCP keep-alive). Without an answer it ends the connection about eleven minutes later.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, notReached, onAws } from "../probe.ts";
import { LABEL, unusedConnection } from "./unused-connection.ts";

/** Longer than all attempts of Linux's keep-alive: 60 s idle, then 9 times 75 s. */
const FROZEN_MS = 14 * 60_000;

export const frozenTcp: FullProbe = onAws(
  "The local engine cannot show how AWS freezes environments.",
  frozenFor(FROZEN_MS),
);

export function frozenFor(lengthMs: number): FullProbe {
  return async ({ peerLines, signal }) => {
    const before = unusedConnection(await peerLines(LABEL));
    if (before === null || before.end !== null)
      return notReached(
        "The environment that the probe `harm` made and never invoked has no open connection.",
      );
    await sleep(lengthMs, null, { signal });
    const after = unusedConnection(await peerLines(LABEL));
    const minutes = Math.round(lengthMs / 60_000);
    if (after === null || after.connection !== before.connection)
      return notReached("The peer's log does not have the connection any more.");
    if (after.end === null)
      return confirmed(
        `The connection is open after its environment was frozen for ${minutes} min: TCP answered the peer's keep-alive.`,
      );
    return after.end === "reset"
      ? differs(
          `Within ${minutes} min the peer's keep-alive or a RST ended the connection of the frozen environment.`,
        )
      : notReached(`The connection ended at the peer as ${after.end} before ${minutes} min were over.`);
  };
}
