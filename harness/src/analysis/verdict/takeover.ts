/** A takeover: the peer ended a connection of one environment because another environment of the function connected. */
import type { EpochMs } from "../../base/time.ts";
import type { Attempt, ObservedInvocation, ObservedEnvironment } from "../timeline/environment.ts";

export interface Takeover {
  readonly victim: Attempt;
  readonly evicter: Attempt;
  /** When the peer ended the victim's connection, by the clock of the log that shows it. */
  readonly at: EpochMs;
  /** The invocations that needed the lost connection: those that got no other connection, and the first invocation that got one. */
  readonly waits: readonly TakeoverWait[];
}

/** An invocation that began without its connection or lost it, because of a takeover. */
export interface TakeoverWait {
  readonly invocation: ObservedInvocation;
  /** START of the invocation, or the time at which the connection ended, if that was later. */
  readonly from: EpochMs;
  /** When the invocation had another connection. Null if it got none. */
  readonly to: EpochMs | null;
}

export interface TakeoverGroup {
  /**
   * The evicter and the victim of all takeovers of the group. If `inTurn`, two environments take the connection from each other in turn.
   * Then `evicter` is the environment that took the connection first, and `victim` is the other environment.
   */
  readonly evicter: ObservedEnvironment;
  readonly victim: ObservedEnvironment;
  readonly inTurn: boolean;
  /** At least one takeover, in order of time. */
  readonly takeovers: readonly Takeover[];
}

export interface Takeovers {
  /** In order of time. */
  readonly found: readonly Takeover[];
  readonly groups: readonly TakeoverGroup[];
  /** How many connections the peer ended for a client whose environment is unknown. */
  readonly byUnknown: number;
  /** How many connections the peer ended without a reason, just after another environment had connected. */
  readonly possible: number;
  /** Whether a takeover would be seen: the peer gives a takeover as a reason for an end, or accepts one connection for each client name. */
  readonly shown: boolean;
}
