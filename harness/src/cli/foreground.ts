/** Runs a server in the foreground. The first SIGTERM or SIGINT ends it properly, and a second signal ends it immediately. */
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
