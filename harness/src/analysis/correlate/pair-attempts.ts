/** Pairs an attempt with its connection in the peer's log. */
import type { DurationMs } from "../../base/time.ts";
import { momentBy, type Moment } from "../../base/clocks.ts";
import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";

/** Logs round their times to milliseconds, so two times of one event, by the same clock, can differ by this much. */
export const ROUNDING_MS = 2;

export interface PeerClock {
  /** How far the peer's clock can be ahead or behind. */
  readonly toleranceMs: DurationMs;
  /** How much too early a time in the peer's log can be, because the log leaves out fractions: 999 for whole seconds, else 0. */
  readonly cutMs: DurationMs;
  /** The same for the times in the function's log. */
  readonly logCutMs: DurationMs;
}

/** Attempts and connections with the same outcome. */
export interface Alike {
  readonly own: readonly Attempt[];
  readonly connections: readonly ObservedPeerConnection[];
}

export function pair(attempt: Attempt, connection: ObservedPeerConnection | undefined): void {
  if (connection === undefined) return;
  attempt.peer = connection;
  connection.attempt = attempt;
}

/** Returns the time at which the peer accepted or refused the connection, or when the client gave up. */
export function timeOf(connection: ObservedPeerConnection | undefined): Moment<"peer"> {
  return connection?.acceptedAt ?? connection?.refusedAt ?? connection?.endedAt ?? momentBy("peer", 0);
}
