/**
 * Runs a server in the foreground. The first SIGTERM or SIGINT ends it properly, and a second signal ends it immediately. A server that
 * belongs to another process also ends when that process ends (`alsoWhen`). For such a server a second signal does nothing, because the kernel
 * sends the parent-death signal once for each thread of the killed process.
 */
import { EXIT } from "../domain/exit-codes.ts";
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
  // The signals of a killed owner may still come while this process exits.
  return { stopped, release: alsoWhen.length === 0 ? release : () => undefined };
}
