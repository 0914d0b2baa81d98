/** A takeover: the peer ended a connection of one environment for a connection of another environment of the function. */
import type { Attempt, ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";

export interface Takeover {
  readonly victim: Attempt;
  readonly evicter: Attempt;
  /** When the peer ended the victim's connection, by the clock that shows it. */
  readonly at: number;
  /** The invocations that needed the lost connection: those that got no other one, and the first that did. */
  readonly waits: readonly TakeoverWait[];
}

/** An invocation that began without its connection, or lost it. */
export interface TakeoverWait {
  readonly invocation: ObservedInvocation;
  /** Its START, or the end of the connection if that came later. */
  readonly from: number;
  /** When it had another connection. Null if it got none. */
  readonly to: number | null;
}

export interface TakeoverGroup {
  /** In turn: the environment that took the connection first, and the other one. Else the evicter and the victim. */
  readonly evicter: ObservedEnvironment;
  readonly victim: ObservedEnvironment;
  readonly inTurn: boolean;
  /** In order of time; at least one. */
  readonly takeovers: readonly Takeover[];
}

export interface Takeovers {
  /** In order of time. */
  readonly found: readonly Takeover[];
  readonly groups: readonly TakeoverGroup[];
  /** The number of connections that the peer ended for a client that nothing names. */
  readonly byUnknown: number;
  /** The number of connections that the peer ended without a reason, just after another environment had connected. */
  readonly possible: number;
  /** Whether anything about this peer could show a takeover: it ended a connection for another client, or it serves each name once. */
  readonly shown: boolean;
}
