/**
 * Runs a server until SIGTERM or SIGINT. A second signal ends the process immediately. A server that belongs to another process also ends
 * with that process (`alsoWhen`). Such a server ignores further signals, because the kernel sends the parent-death signal once for each
 * thread of the killed process.
 */
import { EXIT } from "../words/exit-codes.ts";
import type { Machine } from "./machine.ts";

export function untilStopped(
  machine: Machine,
  alsoWhen: readonly Promise<void>[] = [],
): { readonly stopped: Promise<void>; readonly release: () => void } {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let signals = 0;
  const release = machine.onSignal(() => {
    signals += 1;
    if (signals > 1 && alsoWhen.length === 0) machine.exitNow(EXIT.interrupted);
    stop();
  });
  for (const event of alsoWhen) void event.then(stop);
  // The handler stays: after the owner was killed, more parent-death signals may come while this process exits.
  return { stopped, release: alsoWhen.length === 0 ? release : () => undefined };
}
