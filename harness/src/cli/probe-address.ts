/** Probes a machine for a command: until it is finished, or until a signal. */
import { silentConnections } from "../adapters/node/silent-connections.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import { LongrunError, notAvailable } from "../base/errors.ts";
import type { ProbeReport } from "../record/probe.ts";
import { writeAddress, type NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import { probeMachine, RELEASE_TRIES, type ProbePlan } from "../probe/probe-machine.ts";
import { untilStopped } from "./foreground.ts";
import type { Machine } from "./machine.ts";

export const UP_TO_MOST = 64;

export function probeWarning(address: NetworkAddress, upTo: number): string {
  return (
    `This opens up to ${upTo + RELEASE_TRIES} connections to ${writeAddress(address)}, at most ${upTo} at one time, and sends no byte.\n` +
    "A client that is connected now may be dropped, and new clients may find the machine full.\n" +
    "Limits for each address or of failed handshakes may count these connections.\n"
  );
}

/** Throws "interrupted" after a signal, and "unavailable" if nothing took the first connection. */
export async function probeAddress(machine: Machine, plan: Omit<ProbePlan, "time">): Promise<ProbeReport> {
  const stop = new AbortController();
  const { stopped, release } = untilStopped(machine);
  void stopped.then(() => stop.abort());
  try {
    const seen = await probeMachine({ ...plan, time: systemClock.now() }, silentConnections(), stop.signal);
    if (stop.signal.aborted)
      throw new LongrunError("interrupted", "Stopped. Every connection of the probe is closed.");
    refuseUnreachable(seen);
    return seen;
  } finally {
    release();
  }
}

/** A machine that does not take the first connection shows nothing of its manner. */
function refuseUnreachable({ address, connections: [first] }: ProbeReport): void {
  if (first === undefined || first.openedMs !== null) return;
  const code = first.end?.code ?? null;
  throw notAvailable(
    `${address}: expected a machine that takes a connection, but ${code === null ? "it did not answer" : `the system says ${code}`}.`,
    {
      hint:
        first.end?.how === "refused"
          ? "Nothing listens there now. A machine that does not listen while it serves somebody else looks the same."
          : "Check the address, and whether this machine can reach it.",
    },
  );
}
