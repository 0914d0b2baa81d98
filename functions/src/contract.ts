/**
 * The lifecycle lines that a function writes into its log, and the frames that it and the peer exchange.
 * This file imports nothing, so that handlers, peer and harness can all read it.
 */

/** The phase in which the code wrote a line, as far as the code knows it. Module scope is `init`, also in a repeated Init. */
export type CodePhase = "init" | "invoke" | "shutdown";

/**
 * How an attempt to reach the peer ended, decided by the protocol and not by TCP. `accepted`: the peer answered and serves us. `refused`:
 * the peer answered `busy`, or, with protocol `raw`, it closed before any expected byte. `timed-out`: TCP opened, and no answer came in
 * time. `failed`: TCP did not open, or, with protocol `longrun`, the peer closed without an answer or sent something else. `reset`,
 * `evicted`: an accepted connection was lost; `evicted` also if the peer sent `evicted` before its `welcome`.
 */
export type ConnectOutcome = "accepted" | "refused" | "timed-out" | "reset" | "evicted" | "failed";

/** One lifecycle line: a JSON object on a separate line of the function's log. Readers ignore members and events they do not know. */
export interface LifecycleLine {
  readonly longrun: 1;
  /** ISO 8601 UTC, the function's clock. */
  readonly time: string;
  readonly event: "boot" | "connect" | "disconnect" | "invoke";
  /** Id of one life of the process; every reset begins a new one. */
  readonly bootId: string;
  readonly phase: CodePhase;
  readonly requestId: string | null;
  /** `host:port` as configured. It is not used for matching, because a relay or NAT may lie between. */
  readonly peer?: string | null;
  /** On `connect` and `disconnect` of a function with several peers: the name of the peer that the line is about. */
  readonly peerName?: string | null;
  /** Local address of the socket, shown to people and not used for matching. */
  readonly local?: string | null;
  /** For `connect`, how the attempt ended. For `disconnect`, `reset` or `evicted` if the peer ended the connection in that way. */
  readonly outcome?: ConnectOutcome | null;
  /** Number of the connection within its boot. A disconnect has the same number as its connect. */
  readonly connection?: number | null;
  /** Counts the lines of a boot, so that lines of the same millisecond keep their order. */
  readonly sequence?: number;
  /** The error as the system reported it. */
  readonly detail?: string | null;
  /** On a `connect` that did not get a lease in time: log stream of the environment that held it. */
  readonly leaseHolder?: string | null;
  /** On `boot`: the function design. */
  readonly design?: string;
  /** On `boot`: the environment's log stream, so that lines can be assigned to it even if an export lost their streams. */
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
  /**
   * ISO 8601 UTC, by the sender's clock. It bounds the difference between the clocks of sender and receiver, because the receiver gets the
   * frame later. longrun's peer does not read it.
   */
  readonly time: string;
  /** Fencing token of a lease. A client with a higher token than the holder's evicts the holder. */
  readonly token: number | null;
}
interface WelcomeFrame {
  readonly type: "welcome";
  readonly time: string;
  readonly connection: number;
}
interface BusyFrame {
  readonly type: "busy";
  readonly time: string;
}
/** Sent to a holder before its connection is closed in favour of another one. */
interface EvictedFrame {
  readonly type: "evicted";
  readonly time: string;
}
interface RequestFrame {
  readonly type: "request";
  readonly id: string;
  readonly time: string;
  readonly payload?: unknown;
}
interface ReplyFrame {
  readonly type: "reply";
  readonly id: string;
  readonly time: string;
  readonly payload?: unknown;
}
/** The peer's answer to a line that it could not read. */
interface ErrorFrame {
  readonly type: "error";
  readonly time: string;
  readonly text: string;
}
interface ByeFrame {
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
  /** Number of this invocation within its boot, from 1. */
  readonly invocation: number;
  /** The phase in which the connection of this invocation was opened; `init` means module scope. */
  readonly connectionOpenedIn: CodePhase;
  /** The peer's answer, protocol `longrun` only. */
  readonly reply: unknown;
}
