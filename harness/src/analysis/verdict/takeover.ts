/** A takeover: the peer ended a connection of one environment because another environment of the function connected. */
import type { Attempt, ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";

export interface Takeover {
  readonly victim: Attempt;
  readonly evicter: Attempt;
  /** The time at which the peer ended the victim's connection, by the clock of the log that shows it. */
  readonly at: number;
  /** The invocations that needed the lost connection: those that got no other connection, and the first one that did. */
  readonly waits: readonly TakeoverWait[];
}

/** An invocation that began without its connection or lost it, because of a takeover. */
export interface TakeoverWait {
  readonly invocation: ObservedInvocation;
  /** The time of its START, or of the end of the connection if that was later. */
  readonly from: number;
  /** The time at which it had another connection. Null if it got none. */
  readonly to: number | null;
}

export interface TakeoverGroup {
  /** If `inTurn` is true, the environment that took the connection first, and the other one. Else the evicter and the victim of all takeovers. */
  readonly evicter: ObservedEnvironment;
  readonly victim: ObservedEnvironment;
  readonly inTurn: boolean;
  /** At least one takeover, in order of time. */
  readonly takeovers: readonly Takeover[];
}

export interface Takeovers {
  /** All takeovers in order of time. */
  readonly found: readonly Takeover[];
  readonly groups: readonly TakeoverGroup[];
  /** The number of connections that the peer ended because a client connected whose environment is unknown. */
  readonly byUnknown: number;
  /** The number of connections that the peer ended without a reason, just after another environment had connected. */
  readonly possible: number;
  /**
   * Whether a takeover of this peer would be seen: it ended a connection for another client, or it accepts only one connection for each client
   * name.
   */
  readonly shown: boolean;
}
