/**
 * Finds out what a machine does when it is full, with connections on which nothing is sent: it opens one after another until something else
 * happens than with the first. Then it closes a served one, and finds out when its place is free. What was seen holds for this address as
 * seen from here: a relay or a limit for each client address is part of it.
 */
import type { ProbeReport, ProbedConnection } from "../record/probe.ts";
import { writeAddress, type NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import type { SilentConnection, SilentConnections } from "../run/ports/silent-connections.ts";
import { isoTime, type EpochMs } from "../base/time.ts";
import { mannerOf, type MannerReading } from "./manner-of.ts";

export interface ProbePlan {
  readonly address: NetworkAddress;
  /** The most clients at one time. */
  readonly upTo: number;
  /** How long each new connection is watched. Longer than the machine needs to turn a client away. */
  readonly watchMs: number;
  readonly time: EpochMs;
}

/** After a served client has closed, new clients come after these gaps until one is served. */
const GAPS_MS = [0, 100, 200, 400, 800, 1_600, 3_200] as const;
export const RELEASE_TRIES = GAPS_MS.length;
/** How long a client that waits is watched for its place after a served client has closed. */
const PLACE_WITHIN_MS = 10_000;
/** How much longer than its predecessor a client must live, to show that the predecessor was not ended because it said nothing. */
const OUTLIVES_BY_MS = 1_000;

/** Never sends a byte. When it resolves or rejects, every connection is closed. If the signal fires, what was seen until then is returned. */
export async function probeMachine(
  { address, upTo, watchMs, time }: ProbePlan,
  connections: SilentConnections,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const began = connections.now();
  const opened: SilentConnection[] = [];
  let wake = (): void => undefined;
  const open = (): SilentConnection => {
    const one = connections.open(address, () => wake());
    opened.push(one);
    return one;
  };
  /** Resolves when the condition holds, after this length of time, or when the signal fires. */
  const until = async (condition: () => boolean, lengthMs: number): Promise<void> => {
    const due = connections.now() + lengthMs;
    while (!condition() && connections.now() < due && !signal.aborted) {
      const changed = new AbortController();
      wake = () => changed.abort();
      const stop = (): void => changed.abort();
      signal.addEventListener("abort", stop);
      await connections.sleep(due - connections.now(), changed.signal);
      signal.removeEventListener("abort", stop);
    }
  };
  const seen = (): readonly ProbedConnection[] =>
    opened.map((one, index) => ({ number: index + 1, ...one.seen() }));
  const reading = (): MannerReading => mannerOf({ connections: seen(), upTo });

  /** Opens clients until one differs from the first. */
  const fill = async (): Promise<void> => {
    while (reading().next === "open-next" && !signal.aborted) {
      const one = open();
      const others = opened.slice(0, -1);
      await until(() => [one, ...others].some((each) => each.seen().end !== null), watchMs);
      const lost = others.find((each) => each.seen().end !== null);
      if (lost === undefined) continue;
      // Perhaps the machine ends every silent client after a time: then this client does not live longer than that one did.
      const { openedMs, end } = lost.seen();
      const age = (end?.atMs ?? 0) - (openedMs ?? 0);
      await until(
        () => one.seen().end !== null,
        (one.seen().openedMs ?? 0) + age + OUTLIVES_BY_MS - connections.now(),
      );
    }
  };

  const release = async (): Promise<void> => {
    const { next, manner } = reading();
    const [first] = opened;
    const newest = opened.at(-1);
    if (next !== "release" || first === undefined || newest === undefined || signal.aborted) return;
    first.close();
    if (manner.whenFull === "waits") {
      const isPlaced = newest.seen().openedMs === null ? isOpen : isGreeted;
      await until(() => isPlaced(newest) || newest.seen().end !== null, PLACE_WITHIN_MS);
      return;
    }
    for (const gapMs of GAPS_MS) {
      await until(() => false, gapMs);
      if (signal.aborted) return;
      const one = open();
      await until(() => one.seen().end !== null, watchMs);
      if (one.seen().end === null) return;
    }
  };

  try {
    await fill();
    await release();
    return {
      address: writeAddress(address),
      time: isoTime(time),
      lengthMs: connections.now() - began,
      connections: seen(),
      manner: reading().manner,
    };
  } finally {
    for (const one of opened) one.close();
    await Promise.all(opened.map((one) => one.ended()));
  }
}

const isOpen = (one: SilentConnection): boolean => one.seen().openedMs !== null;
const isGreeted = (one: SilentConnection): boolean => one.seen().greeting !== null;
