/**
 * The working model of the judgement: one execution environment with its boots, invocations and attempts to reach the peer. fold-stream.ts
 * fills it from the log, analysis/correlate completes it from the other sources, and checks only read it. Times are epoch milliseconds of
 * the clock that wrote them.
 */
import type { Ending } from "../../domain/plan.ts";
import type { ResetKind, PhaseStatus } from "../../domain/platform-words.ts";
import type { CodePhase, ConnectOutcome } from "../../../../functions/src/contract.ts";
import type { AttemptOutcome, ConnectionEndedBy } from "../../domain/connection-outcome.ts";
import type { Listed } from "../../domain/listed.ts";
import type { PeerEnding, PeerHello, ServerLimit } from "../../domain/peer-log.ts";
import type { EnvironmentResult } from "../../domain/run-result.ts";
import type { Span } from "./clock-shifts.ts";
import type { NumberSummary } from "./count-holes.ts";

/** How the end of an Init is known. `start-follows`: the Init ended at or before the START that follows. */
type InitEndSource = "reported" | "init-duration" | "start-follows" | "inferred";

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
  /**
   * The time by the function's clock: from the function's line, the link's line, or the peer's line (corrected by the known difference of the
   * clocks).
   */
  readonly time: number;
  /** The source of the line that gives the time. */
  readonly clock: "function" | "peer" | "link";
  readonly phase: CodePhase | null;
  readonly requestId: string | null;
  outcome: ConnectOutcome;
  /** Whether the function wrote a line for the attempt. */
  readonly ownLine: boolean;
  readonly number: number | null;
  /**
   * The log stream of the environment that held the lease, if the attempt waited for the lease and did not get it. Holding the lease counts as
   * holding a connection (docs/checks.md#harm).
   */
  readonly leaseHolder?: string | null;
  /** From the function's own disconnect line. */
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
  /** The number of the boot within the environment: 1, 2, …, as in the link log. */
  readonly number: number;
  bootId: string | null;
  from: number;
  to: number | null;
  reset: ResetKind | null;
  /** Whether the `boot` line was seen. */
  bootLine: boolean;
  /** The number of lifecycle lines of this boot that were seen. */
  lines: number;
  /** The sequence numbers of these lines. Null if they have none. */
  sequences: NumberSummary | null;
  /** The time of the line with the highest sequence number. */
  lastNumberedAt: number | null;
  attempts: Attempt[];
  /** The accepted attempts and the attempts made in Init, each list in order of time. Both are filled when all sources are joined. */
  accepted: Attempt[];
  initAttempts: Attempt[];
  /** If an invocation of this boot makes no attempt itself, these attempts count for it (correlate/shared-attempts.ts). In order of time. */
  sharedAttempts: readonly Attempt[];
  /**
   * Some invocations of the boot are only counted (evidence/leave-out.ts). This is the number of their lifecycle lines. The lists above do not have
   * their attempts.
   */
  condensedLines: number;
  /** Whether the sequence numbers show that the boot wrote lines that are not in the evidence. */
  missingLines: boolean;
  /** The time of the last lifecycle line with phase `shutdown`. */
  shutdown: number | null;
}

export type InvocationEnd = "runtime-done" | "report" | "driver" | "next-start";

export interface ObservedInvocation {
  readonly requestId: string;
  readonly environment: ObservedEnvironment;
  boot: ObservedBoot;
  /** The platform's START. Null if only the end was seen. */
  start: number | null;
  /** The time at which the runtime was done. After it, the environment can be frozen. */
  end: number | null;
  endedBy: InvocationEnd | null;
  reportAt: number | null;
  status: PhaseStatus | null;
  errorType: string | null;
  reset: ResetKind | null;
  /** From the runtime's error line: the handler threw. */
  handlerError: { readonly errorType: string | null; readonly family: string } | null;
  /** Set if an Init was repeated while the invocation waited, and the last repetition failed. */
  initFailed: { readonly errorType: string | null } | null;
  /** Why the outcome is unknown although the platform saw the end (docs/checks.md#outcomes). */
  doubt: OutcomeDoubt | null;
  durationMs: number | null;
  readonly attempts: Attempt[];
  /** Attempts that only the peer saw. They may belong to this invocation or to another one, because the clocks do not allow a decision. */
  perhaps: readonly Attempt[];
  /** The time of the function's `invoke` line. Null if there is no such line. */
  invokedAt: number | null;
}

/**
 * `ambiguous-line`: the runtime writes the same error line for an invocation that failed as a function can write for an error that it handled.
 * `started-again`: a later START has the same request id, so this try may have failed without a line. `end-unreadable`: the platform's
 * line about its end could not be read.
 */
export type OutcomeDoubt = "ambiguous-line" | "started-again" | "end-unreadable";

/** The runtime of a stream, from the stream's first line. */
export interface StreamRuntime {
  /** The name of its family in the catalogue. Null if the line names no known family. */
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
  /** Null if no line of its Init is in the evidence. */
  runtime: StreamRuntime | null;
  /** Whether a line of the function shows that its log includes level INFO. */
  showsInfo: boolean;
  initializationType: string | null;
  /** Null if the beginning of the stream is not in the evidence. */
  init: Init | null;
  /** The number of Inits that were repeated inside an invocation. */
  repeatedInits: number;
  boots: ObservedBoot[];
  /**
   * In the order of START, without the invocations that are only counted (`condensed`). Whether one is missing depends on the needs of all steps
   * together (evidence/evidence-need.ts).
   */
  keptInvocations: Listed<ObservedInvocation>;
  /** Whether the environment was restored from a snapshot (SnapStart). Then `init` is the restore. */
  restored: boolean;
  /** Whether the Init only made a snapshot for other environments. Such an environment ended when the snapshot was made. */
  snapshot: boolean;
  /** Whether the environment runs a web function, which may serve several requests at the same time. No line shows what a web function answered. */
  web: boolean;
  /** The number of platform records by type, for the types that this tool does not know. */
  unrecognised: ReadonlyMap<string, number>;
  /**
   * The number of invocations that are not in `invocations` but only counted. The platform reported a success for all of them. Each of the
   * `served` ones used a connection and closed it. For the `unseen` ones, no line of the function shows what they did.
   */
  condensed: { readonly served: number; readonly unseen: number };
  /** The known end, from the Shutdown phase or from the link log. */
  end: number | null;
  ending: EnvironmentResult["ending"];
  /** When the plan of the local engine crashed a process of the environment. */
  crashes: readonly { readonly from: number; readonly to: number }[];
  /**
   * By how many ms the times in the peer's log, before any correction, can be ahead of the times of this environment. Null if no difference of
   * the clocks within the tolerance explains the lines.
   */
  peerAhead: Span | null;
  logsDropped: boolean;
  /** Whether every record of its stream has an event id, so that a lost record would be noticed. */
  numbered: boolean;
  /**
   * The number of unreadable records from which something important may be missing: records without an event id, and records about the end of an
   * Init. `unread` counts all unreadable records.
   */
  unknownLines: number;
  /** All records that look like a platform or lifecycle line but could not be read: their number, and the beginning of the first one. */
  unread: { readonly lines: number; readonly example: string | null };
}

/** What is known about an environment without its invocations and its attempts. It is the same whichever invocations are only counted. */
export type EnvironmentCounts = Readonly<
  Omit<ObservedEnvironment, "keptInvocations" | "boots"> & { readonly boots: readonly BootCounts[] }
>;

export type BootCounts = Readonly<
  Omit<ObservedBoot, "environment" | "attempts" | "accepted" | "initAttempts" | "sharedAttempts">
>;

/** How a connection ended, as the peer saw it. `ready`: the peer started again. */
export type ObservedPeerEnding = PeerEnding | "ready" | "displaced";

export interface ObservedPeerConnection {
  /** The life of the peer in which the connection was made, as the number of `ready` lines before it. */
  readonly life: number;
  readonly number: number;
  /** The time and the index of its first line. */
  readonly firstAt: number;
  readonly firstLine: number;
  hello: PeerHello | null;
  remote: string | null;
  queuedAt: number | null;
  acceptedAt: number | null;
  /** The index of the `accepted` line. Line numbers give the order within one log without any clock. */
  acceptedLine: number | null;
  refusedAt: number | null;
  refusedLine: number | null;
  /** The limit that made a real server refuse the connection, if the server's log names one. */
  limit: ServerLimit | null;
  endedAt: number | null;
  endedLine: number | null;
  ending: ObservedPeerEnding | null;
  /** The times of its `request` lines. */
  requests: number[];
  /** The function's attempt that opened this connection. Set when the sources are joined. */
  attempt: Attempt | null;
  /**
   * Whether the peer accepted the connection only after its client had given up. Such a connection occupies the peer, but no attempt counts as
   * accepted because of it.
   */
  abandoned: boolean;
}

/** One connection as the engine's link saw it. */
export interface LinkConnection {
  readonly environment: string;
  readonly boot: number;
  readonly number: number;
  openedAt: number;
  connectedAt: number | null;
  /** The time at which the bytes showed that the server serves this client. Null if they did not show it. */
  acceptedAt: number | null;
  /** The time at which the link failed to reach the peer, because nothing listened. */
  failedAt: number | null;
  upstreamLocal: string | null;
  answered: boolean;
  /** The time at which the function sent its FIN or reset. Null if it sent neither, or if the peer had ended the connection before. */
  functionEndedAt: number | null;
  /** The time at which the peer sent its FIN, or at which both sides had ended. */
  closedAt: number | null;
  by: ConnectionEndedBy | null;
  ending: Exclude<Ending, "silence"> | null;
  /** The time at which the environment ended without closing the connection. The socket on the peer's side stayed open. */
  silencedAt: number | null;
  /** The protocol of its bytes. Null if no bytes were sent, or if an older engine wrote the log. */
  protocol: string | null;
  /**
   * The outcome of the attempt, as the engine read it from the first bytes according to the protocol. Null if the bytes did not show it.
   */
  outcome: AttemptOutcome | null;
  /** The server's own code and text, for its refusal or for the end of the connection. */
  code: string | null;
  text: string | null;
  clientName: string | null;
  /** Which clients are counted by the limit that made the server refuse. Null if the server's message does not say it. */
  limit: ServerLimit | null;
  /** The user and the database that the client named in clear. */
  user: string | null;
  database: string | null;
  /** False if the server refused for a reason other than its number of places. Then no other client caused the refusal by holding a place. */
  countsPlaces: boolean;
  /** Whether the server ended the connection because another client connected: the server said so, or the same client name came again. */
  evicted: boolean;
  /**
   * The newer connection because of which the server ended this one. Null if there was no such connection, or if no link shows it.
   */
  evictedBy: LinkConnection | null;
  /** Whether the function closed with the protocol's goodbye. Null if the protocol does not show it. */
  goodbye: boolean | null;
  /** When the goodbye was seen on the link. Null if there was none, or in a log of an older engine. */
  goodbyeAt: number | null;
  /** The first bytes as text, if they are not bytes of the protocol that the user named. */
  contradiction: string | null;
  attempt: Attempt | null;
}
