/**
 * The working model of the judgement: one execution environment with its boots, invocations and attempts to reach the
 * peer. Folding fills it, joining completes it, checks only read it. Instants are epoch milliseconds of the clock that wrote them.
 */
import type { Ending } from "../../domain/plan.ts";
import type { ResetKind, PhaseStatus } from "../../domain/platform-words.ts";
import type { CodePhase, ConnectOutcome } from "../../../../functions/src/contract.ts";
import type { Listed } from "../../domain/listed.ts";
import type { PeerHello } from "../../domain/peer-log.ts";
import type { Span } from "./clock-shifts.ts";

/** How well the end of an Init is known. `start-follows`: it ended at the latest at that START. */
export type InitEndSource = "reported" | "init-duration" | "start-follows" | "inferred";

export interface Init {
  readonly start: number;
  end: number | null;
  endSource: InitEndSource | null;
  status: Exclude<PhaseStatus, "failure"> | null;
  durationMs: number | null;
}

/** One attempt to reach the peer, and the connection it may have become. */
export interface Attempt {
  readonly environment: ObservedEnvironment;
  readonly boot: ObservedBoot;
  /** On the function's clock: by a line of its own, by the peer's line as far as it is known by how much that clock is ahead, or by the link's. */
  readonly time: number;
  /** Who says when. */
  readonly clock: "function" | "peer" | "link";
  readonly phase: CodePhase | null;
  readonly requestId: string | null;
  outcome: ConnectOutcome;
  /** True: the function wrote a line for it. */
  readonly ownLine: boolean;
  readonly number: number | null;
  /** It waited in vain for a lease: log stream of who held it, whose lease counts as its connection (docs/checks.md#harm). */
  readonly leaseHolder?: string | null;
  /** Own disconnect line. */
  disconnect: {
    readonly time: number;
    readonly phase: CodePhase | null;
    readonly outcome: ConnectOutcome | null;
  } | null;
  peer: ObservedPeerConnection | null;
  link: LinkConnection | null;
  invocation: ObservedInvocation | null;
}

export interface ObservedBoot {
  readonly environment: ObservedEnvironment;
  /** 1, 2, … within the environment, as links count. */
  readonly number: number;
  bootId: string | null;
  from: number;
  to: number | null;
  reset: ResetKind | null;
  /** The `boot` line was seen. */
  bootLine: boolean;
  /** Lifecycle lines of this boot that were seen. */
  lines: number;
  sequences: { readonly sequence: number; readonly time: number }[];
  attempts: Attempt[];
  /** Of those: accepted, and made in Init; each in order of time. Filled when everything is joined. */
  accepted: Attempt[];
  initAttempts: Attempt[];
  /** Lines of condensed invocations, which are in none of these lists. */
  condensedLines: number;
  /** Its sequence numbers show that it wrote lines which are not in the evidence. */
  missingLines: boolean;
  /** A lifecycle line with phase `shutdown`. */
  shutdown: number | null;
}

export type InvocationEnd = "runtime-done" | "report" | "driver" | "next-start";

export interface ObservedInvocation {
  readonly requestId: string;
  readonly environment: ObservedEnvironment;
  boot: ObservedBoot;
  /** Platform START; null where only its end was seen. */
  start: number | null;
  /** When the runtime was done: what freezes the environment. */
  end: number | null;
  endedBy: InvocationEnd | null;
  reportAt: number | null;
  status: PhaseStatus | null;
  errorType: string | null;
  reset: ResetKind | null;
  /** The runtime's ERROR line: the handler threw. */
  handlerError: { readonly errorType: string | null } | null;
  /** A repeated Init failed while it waited, and none succeeded after it. */
  initFailed: { readonly errorType: string | null } | null;
  /** What keeps its outcome unknown although the platform saw it end: see docs/checks.md#outcomes. */
  doubt: OutcomeDoubt | null;
  durationMs: number | null;
  readonly attempts: Attempt[];
  /** Attempts that only the peer saw and that may have been this invocation's or another one's: their clocks do not tell. */
  perhaps: readonly Attempt[];
  /** Own `invoke` line. */
  invokeLine: boolean;
}

/**
 * `ambiguous-line`: the runtime writes such a line for a failure, and a function can write it for an error that it handled.
 * `started-again`: a later START has the same request id, so this attempt may have failed unseen.
 */
export type OutcomeDoubt = "ambiguous-line" | "started-again";

/** What the first line of a stream says of the runtime that writes the rest. */
export interface StreamRuntime {
  /** Name of its family in the catalogue; null: the line names none that is known. */
  readonly family: string | null;
  readonly version: string | null;
  readonly format: "Text" | "JSON";
}

export interface ObservedEnvironment {
  readonly id: string;
  readonly firstLine: number;
  lastLine: number;
  version: string | null;
  functionName: string | null;
  /** Null: no line of its Init is in the evidence. */
  runtime: StreamRuntime | null;
  /** A line of the function itself shows that its log lets through INFO. */
  showsInfo: boolean;
  initializationType: string | null;
  /** Null: the stream's beginning is older than the evidence. */
  init: Init | null;
  /** Inits that ran again inside an invocation. */
  repeatedInits: number;
  boots: ObservedBoot[];
  invocations: Listed<ObservedInvocation>;
  /** Invocations that are counted and not in the list: they succeeded. */
  condensed: { served: number; unseen: number };
  /** Known end: Shutdown phase, or the link's word that the environment ended. */
  end: number | null;
  ending: "shutdown" | "vanished" | null;
  /** How far the peer's clock may be ahead of this environment's, in ms; null: no shift within the tolerance brings their lines together. */
  peerAhead: Span | null;
  logsDropped: boolean;
  /** Every record of its stream has an event id, so that the loss of one would show. */
  numbered: boolean;
  /** Lines that look like the platform's or a lifecycle line and could not be read, in records without an event id. */
  unknownLines: number;
  /** All of them, with or without an id, and the beginning of the first. */
  unread: { lines: number; example: string | null };
}

/** One connection as the peer saw it. */
export type PeerEnding = "closed" | "reset" | "evicted" | "idle-timeout" | "ready" | "displaced";

export interface ObservedPeerConnection {
  /** Which life of the peer. */
  readonly life: number;
  readonly number: number;
  /** Its first line. */
  readonly firstAt: number;
  hello: PeerHello | null;
  remote: string | null;
  queuedAt: number | null;
  acceptedAt: number | null;
  /** Line numbers order what one log says without any clock. */
  acceptedLine: number | null;
  refusedAt: number | null;
  refusedLine: number | null;
  endedAt: number | null;
  endedLine: number | null;
  ending: PeerEnding | null;
  /** Instants of `request` lines. */
  requests: number[];
  /** The attempt of a function that this connection is; set by joining. */
  attempt: Attempt | null;
  /** Served only after its client had given up: occupies the peer, and is nobody's accepted connection. */
  abandoned: boolean;
}

/** One connection as the engine's link saw it. */
export interface LinkConnection {
  readonly environment: string;
  readonly boot: number;
  readonly number: number;
  openedAt: number;
  connectedAt: number | null;
  /** The link could not reach the peer: nobody listened. */
  failedAt: number | null;
  upstreamLocal: string | null;
  answered: boolean;
  closedAt: number | null;
  by: "function" | "peer" | "environment-end" | null;
  ending: Exclude<Ending, "silence"> | null;
  /** The environment ended without a word; the peer-side socket stayed open. */
  silencedAt: number | null;
  attempt: Attempt | null;
}
