/** A server in the foreground: runs until the first SIGTERM or SIGINT and ends properly; a second one ends it at once. */
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
    if (signals > 1) machine.exitNow(EXIT.interrupted);
    stop();
  });
  for (const event of alsoWhen) void event.then(stop);
  return { stopped, release };
}
