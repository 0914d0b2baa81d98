/**
 * The lifecycle lines that a function writes into its log, and the frames that it and the peer exchange.
 * This file imports nothing, so that handlers, peer and harness can all read it.
 */

/** Where the code ran when it wrote a line: what the code knows. Module scope is `init`, also in a re-run Init. */
export type CodePhase = "init" | "invoke" | "shutdown";

/**
 * How an attempt to reach the peer ended, decided by the protocol and not by TCP.
 * `accepted`: the peer answered and serves us. `refused`: it said busy, or closed before any expected byte.
 * `timed-out`: TCP opened, no answer in time. `failed`: TCP did not open. `reset`, `evicted`: an accepted connection was lost.
 */
export type ConnectOutcome = "accepted" | "refused" | "timed-out" | "reset" | "evicted" | "failed";

/** One lifecycle line: a JSON object on a line of its own in the function's log. Readers ignore members and events they do not know. */
export interface LifecycleLine {
  readonly longrun: 1;
  /** ISO 8601 UTC, the function's clock. */
  readonly time: string;
  readonly event: "boot" | "connect" | "disconnect" | "invoke";
  /** One life of the process; a new one after every reset. */
  readonly bootId: string;
  readonly phase: CodePhase;
  readonly requestId: string | null;
  /** `host:port` as configured; a relay or NAT may lie between, so it is not used for matching. */
  readonly peer?: string | null;
  /** Local address of the socket; for people, not used for matching. */
  readonly local?: string | null;
  /** For `connect` how the attempt ended; for `disconnect` `reset` or `evicted` where the peer ended it. */
  readonly outcome?: ConnectOutcome | null;
  /** Number of the connection within its boot, so that a disconnect names its connect. */
  readonly connection?: number | null;
  /** Monotonic within a boot: lines of one millisecond keep their order. */
  readonly sequence?: number;
  /** The error as the system reported it. */
  readonly detail?: string | null;
  /** On a `connect` that waited in vain for a lease: log stream of the environment that held it. */
  readonly leaseHolder?: string | null;
  /** On `boot`: the function design. */
  readonly design?: string;
  /** On `boot`: the environment's log stream, so that a line which lost its stream can still be placed. */
  readonly logStream?: string;
  /** On `invoke`: number of the invocation within its boot, from 1. */
  readonly invocation?: number;
}

/** First frame from client to peer. Every frame is one JSON object and a newline; unknown members are ignored. */
export interface HelloFrame {
  readonly type: "hello";
  readonly bootId: string;
  readonly logStream: string;
  readonly phase: CodePhase;
  /** ISO 8601 UTC, the sender's clock: bounds the skew. */
  readonly time: string;
  /** Fencing token of a lease; a higher one evicts the holder. */
  readonly token: number | null;
}
export interface WelcomeFrame {
  readonly type: "welcome";
  readonly time: string;
  readonly connection: number;
}
export interface BusyFrame {
  readonly type: "busy";
  readonly time: string;
}
/** Sent to a holder before its connection is closed in favour of another one. */
export interface EvictedFrame {
  readonly type: "evicted";
  readonly time: string;
}
export interface RequestFrame {
  readonly type: "request";
  readonly id: string;
  readonly time: string;
  readonly payload?: unknown;
}
export interface ReplyFrame {
  readonly type: "reply";
  readonly id: string;
  readonly time: string;
  readonly payload?: unknown;
}
/** The peer's answer to a line that it could not read. */
export interface ErrorFrame {
  readonly type: "error";
  readonly time: string;
  readonly text: string;
}
export interface ByeFrame {
  readonly type: "bye";
}
export type ClientFrame = HelloFrame | RequestFrame | ByeFrame;
export type PeerFrame = WelcomeFrame | BusyFrame | EvictedFrame | ReplyFrame | ErrorFrame;

/** What the shipped handlers return on success. */
export interface ExchangeAnswer {
  readonly ok: true;
  readonly design: string;
  readonly bootId: string;
  readonly logStream: string;
  /** Number of invocations this boot has seen, this one included. */
  readonly invocation: number;
  /** `init` when the connection that served was opened in module scope. */
  readonly connectionOpenedIn: CodePhase;
  /** The peer's answer, protocol `longrun` only. */
  readonly reply: unknown;
}
