/**
 * The working model of the judgement: one execution environment with its boots, invocations and attempts to reach the peer. Times are epoch
 * milliseconds of the clock that wrote them.
 */
import type { DurationMs, EpochMs } from "../../base/time.ts";
import type { Ending } from "../../record/plan.ts";
import type { FirstAnswer } from "../../record/probe.ts";
import type { ResetKind, PhaseStatus } from "../../words/platform-words.ts";
import type { CodePhase, ConnectOutcome } from "../../../../functions/src/contract.ts";
import type { ConnectionError } from "../../words/connection-error.ts";
import type { AttemptOutcome, ConnectionEndedBy } from "../../words/connection-outcome.ts";
import type { Listed } from "../../base/listed.ts";
import type { PeerEnding, PeerHello, ServerLimit } from "../../record/peer-log.ts";
import type { EnvironmentResult } from "../../result/environment-result.ts";
import type { Moment } from "../../base/clocks.ts";
import type { Shifts } from "./clock-shifts.ts";
import type { NumberSummary } from "./count-holes.ts";

/** `start-follows`: the Init ended at or before the START that follows. */
type InitEndSource = "reported" | "init-duration" | "start-follows" | "inferred";

export interface Init {
  readonly start: EpochMs;
  end: EpochMs | null;
  endSource: InitEndSource | null;
  status: Exclude<PhaseStatus, "failure"> | null;
  durationMs: DurationMs | null;
  /** Present if the log's times are coarse: by how much later than their times the Init ended and the next START came, each at most. */
  withinMs?: DurationMs;
}

/** One attempt to reach the peer, and the connection it may have become. */
export interface Attempt {
  readonly environment: ObservedEnvironment;
  readonly boot: ObservedBoot;
  /** The time by the function's clock. A time from the peer's log is corrected by the known difference of the clocks. */
  readonly time: EpochMs;
  /** Who wrote the line that gives the time. */
  readonly clock: "function" | "peer" | "link";
  readonly phase: CodePhase | null;
  readonly requestId: string | null;
  outcome: ConnectOutcome;
  /** Whether the function wrote a line for the attempt. */
  readonly ownLine: boolean;
  readonly number: number | null;
  /** If the attempt did not get the lease: the log stream that held it, which counts as holding a connection (docs/checks.md#harm). */
  readonly leaseHolder?: string | null;
  /** What the function's own `disconnect` line says. */
  disconnect: {
    readonly time: EpochMs;
    readonly phase: CodePhase | null;
    readonly outcome: ConnectOutcome | null;
  } | null;
  peer: ObservedPeerConnection | null;
  link: LinkConnection | null;
  invocation: ObservedInvocation | null;
}

/** Whether an earlier process still ran. `shown`: the evidence shows that it did. `possible`: nothing shows whether it had ended. */
export type Beside = "shown" | "possible";

export interface ObservedBoot {
  readonly environment: ObservedEnvironment;
  /** The number of the boot within the environment: 1, 2, …, as in the link log. */
  readonly number: number;
  bootId: string | null;
  from: EpochMs;
  to: EpochMs | null;
  reset: ResetKind | null;
  /**
   * Whether an earlier process of the environment still ran when this one began. Null if this is the first process, or if it replaced the
   * earlier one.
   */
  beside: Beside | null;
  /** Whether the `boot` line was seen. */
  bootLine: boolean;
  /** How many lifecycle lines of this boot were seen. */
  lines: number;
  /** Null if the lines have no sequence numbers. */
  sequences: NumberSummary | null;
  /** The time of the line with the highest sequence number. */
  lastNumberedAt: EpochMs | null;
  attempts: Attempt[];
  /** The accepted attempts, in order of time. This list and `initAttempts` are filled when all sources are joined. */
  accepted: Attempt[];
  initAttempts: Attempt[];
  /** If an invocation of this boot makes no attempt itself, these attempts count for it. They are in order of time. */
  sharedAttempts: readonly Attempt[];
  /** Whether the sequence numbers show that lines of the boot are missing. */
  missingLines: boolean;
  /** The time of the last lifecycle line with phase `shutdown`. */
  shutdown: EpochMs | null;
}

export type InvocationEnd = "runtime-done" | "report" | "driver" | "next-start";

export interface ObservedInvocation {
  readonly requestId: string;
  readonly environment: ObservedEnvironment;
  boot: ObservedBoot;
  /** The platform's START. Null if only the end was seen. */
  start: EpochMs | null;
  /** When the runtime was done. After that, the environment can be frozen. */
  end: EpochMs | null;
  endedBy: InvocationEnd | null;
  reportAt: EpochMs | null;
  status: PhaseStatus | null;
  errorType: string | null;
  reset: ResetKind | null;
  /** Whether the report says that the invocation used all memory of its function. */
  memoryFull: boolean;
  /** Set if the runtime's error line shows that the handler threw. */
  handlerError: { readonly errorType: string | null; readonly family: string } | null;
  /** The first error about a connection that a line of the invocation names. */
  connectionError: ConnectionError | null;
  /** Set if an Init was repeated while the invocation waited, and the last repetition failed. */
  initFailed: { readonly errorType: string | null } | null;
  /** Why the outcome is unknown although the platform saw the end (docs/checks.md#outcomes). */
  doubt: OutcomeDoubt | null;
  durationMs: DurationMs | null;
  attempts: readonly Attempt[];
  /** Attempts that only the peer saw, and that may belong to this invocation or to another one. The clocks do not show which. */
  perhaps: readonly Attempt[];
  /** The time of the function's `invoke` line. */
  invokedAt: EpochMs | null;
}

/**
 * `ambiguous-line`: a line could speak of a failure, and nothing shows whether it does. `started-again`: a later
 * START has the same request id, so this try may have failed without a line. `end-unreadable`: the platform's line about the end could not
 * be read.
 */
export type OutcomeDoubt = "ambiguous-line" | "started-again" | "end-unreadable";

/**
 * The runtime of a stream, from the line at which an Init or a restore begins. If this line is missing, but there is an END line, only
 * `format` is known: `family` and `version` are null.
 */
export interface StreamRuntime {
  /** Null if the line names no runtime family of the catalogue. */
  readonly family: string | null;
  readonly version: string | null;
  readonly format: "Text" | "JSON";
}

export interface ObservedEnvironment {
  readonly id: string;
  readonly firstLine: EpochMs;
  lastLine: EpochMs;
  version: string | null;
  /** The tenant that the environment serves. Null if the function isolates none, or if no line names it. */
  tenantId: string | null;
  functionName: string | null;
  /** Null if the evidence has no line at which its Init or its restore begins, and no END line. */
  runtime: StreamRuntime | null;
  /** Whether a line of the function shows that the log includes level INFO. */
  showsInfo: boolean;
  /** Whether a line shows that something changed the console through which Node's client writes its failures (logs/altered-console.ts). */
  consoleAltered: boolean;
  initializationType: string | null;
  /** Null if the beginning of the stream is not in the evidence. */
  init: Init | null;
  /** The number of Inits that were repeated inside an invocation. */
  repeatedInits: number;
  boots: ObservedBoot[];
  /** In the order of START. */
  invocations: Listed<ObservedInvocation>;
  /** Whether the environment was restored from a snapshot (SnapStart). Then `init` is the restore. */
  restored: boolean;
  /** Whether the Init made a snapshot for other environments, and nothing else. Then this environment ended with its Init. */
  snapshot: boolean;
  /** Whether the environment runs a web function. It may serve several requests at one time, and no line shows its answers. */
  web: boolean;
  /** How many platform records of each unknown type there are. */
  unrecognised: ReadonlyMap<string, number>;
  /** The end of the environment, from the Shutdown phase, the driver, the link log, the local engine's record or a snapshot's Init. */
  end: EpochMs | null;
  ending: EnvironmentResult["ending"];
  /** When the plan of the local engine crashed a process of the environment. */
  crashes: readonly { readonly from: EpochMs; readonly to: EpochMs }[];
  /**
   * By how many ms the times in the peer's log, before any correction, can be ahead of this environment's times. Null if no such difference
   * explains the lines.
   */
  peerAhead: Shifts | null;
  logsDropped: boolean;
  /** Whether every record of its stream has an event id, so that a lost record would be noticed. */
  numbered: boolean;
  /** How many unreadable records may have hidden something important: those without an event id, and those about the end of an Init. */
  unknownLines: number;
  /** How many records look like a platform or lifecycle line but could not be read, important or not, and the beginning of the first one. */
  unread: { readonly lines: number; readonly example: string | null };
}

/** How a connection ended, as the peer saw it. `ready`: the peer restarted. `displaced`: only the next connection shows the end. */
export type ObservedPeerEnding = PeerEnding | "ready" | "displaced";

export interface ObservedPeerConnection {
  /** The number of `ready` lines before the connection. */
  readonly life: number;
  readonly number: number;
  /** The time and the index of the connection's first line in the log. */
  readonly firstAt: Moment<"peer">;
  readonly firstLine: number;
  hello: PeerHello | null;
  remote: string | null;
  queuedAt: Moment<"peer"> | null;
  acceptedAt: Moment<"peer"> | null;
  /** The index of the `accepted` line. Indexes give the order within one log without a clock. */
  acceptedLine: number | null;
  refusedAt: Moment<"peer"> | null;
  refusedLine: number | null;
  /** The limit that made a real server refuse the connection, if the server's log names one. */
  limit: ServerLimit | null;
  endedAt: Moment<"peer"> | null;
  endedLine: number | null;
  ending: ObservedPeerEnding | null;
  /** The times of the connection's `request` lines. */
  requests: readonly Moment<"peer">[];
  /** Set when the sources are joined. */
  attempt: Attempt | null;
  /** Whether the client had given up before the peer accepted the connection. It occupies the peer, but no attempt counts as accepted. */
  abandoned: boolean;
}

/** One connection as the engine's link saw it. */
export interface LinkConnection {
  readonly environment: string;
  /** The name of the peer. Null if the function has only one. */
  readonly peer: string | null;
  readonly boot: number;
  readonly number: number;
  openedAt: EpochMs;
  connectedAt: EpochMs | null;
  /** When the bytes showed that the server serves this client. Null if they did not. */
  acceptedAt: EpochMs | null;
  /** When the link failed to reach the peer, because nothing listened. */
  failedAt: EpochMs | null;
  /** The error code of that failure. */
  failedBy: string | null;
  upstreamLocal: string | null;
  answered: boolean;
  /** When the peer's first byte came. Null if none came, or if the log has no line about it. */
  answeredAt: EpochMs | null;
  /** The peer's first bytes. Null if none came, or in an older run. */
  answer: FirstAnswer | null;
  /**
   * Whether the connection waited for its place: its first byte came only when another connection had left that place
   * (correlate/note-queued.ts).
   */
  queued: boolean;
  /** When the function sent its FIN or reset. Null if it sent neither, or if the peer ended the connection before. */
  functionEndedAt: EpochMs | null;
  /** When the peer sent its FIN, or when both sides had ended the connection. */
  closedAt: EpochMs | null;
  by: ConnectionEndedBy | null;
  ending: Exclude<Ending, "silence"> | null;
  /** Whether the peer answered the FIN of the function's side with a reset. The peer may not have known the connection any more. */
  endReset: boolean;
  /** When the environment ended without closing the connection. The socket on the peer's side stayed open. */
  silencedAt: EpochMs | null;
  /** The protocol of the connection's bytes. Null if no bytes were sent, or if an older engine wrote the log. */
  protocol: string | null;
  /** The outcome that the engine read from the first bytes. Null if they did not show it. */
  outcome: AttemptOutcome | null;
  /** The code and the text with which the server refused the client or ended the connection. */
  code: string | null;
  text: string | null;
  clientName: string | null;
  /** Which clients the refusing server's limit counts. Null if its message does not say it. */
  limit: ServerLimit | null;
  /** The user and the database that the client named in clear. */
  user: string | null;
  database: string | null;
  /** False if the server refused for another reason than its number of places. */
  countsPlaces: boolean;
  /** Whether the server ended the connection because another client connected. */
  evicted: boolean;
  /** The newer connection for which the server ended this one. Null if no link shows it. */
  evictedBy: LinkConnection | null;
  /** Whether the function closed with the protocol's goodbye. Null if the protocol does not show it. */
  goodbye: boolean | null;
  /** When the link read the goodbye. Null if there was no goodbye, or if an older engine wrote the log. */
  goodbyeAt: EpochMs | null;
  /** The first bytes as text, if they are not bytes of the protocol that the user named. */
  contradiction: string | null;
  attempt: Attempt | null;
}
