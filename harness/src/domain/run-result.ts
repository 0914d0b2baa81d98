/**
 * `result.json`: the result of the judgement. Times are ISO 8601 UTC, and names of durations end in `Ms`. An unknown value is null, never 0. The
 * schema is published as docs/result.schema.json. Members may be added.
 */
import type { ConnectionEndedBy, OpenedIn } from "./connection-outcome.ts";
import type { JudgedTarget } from "./target.ts";
import type { InvocationOutcomeName } from "./invocation.ts";
import type { Ending } from "./plan.ts";
import type { ResetKind, PhaseStatus } from "./platform-words.ts";
import type { ConnectOutcome } from "../../../functions/src/contract.ts";
import type { Coded } from "./findings/coded.ts";
import { OUTCOME_UNKNOWN_CODES, type MetricsNotCompared } from "./findings/accounting-findings.ts";
import type { CodedFinding } from "./findings/finding-parameters.ts";
import type { HarmFindings } from "./findings/harm-findings.ts";
import type { NothingSucceeded } from "./nothing-succeeded.ts";
import type { Listed } from "./listed.ts";
import type { InvocationTakenOver, TakenOverResult } from "./taken-over-result.ts";
import type { Verdict } from "./verdict.ts";

/** Why a verdict is not pass, in the order in which reasons are reported. */
export const REASONS = [
  "harm",
  "threshold",
  "no-exposure",
  "unexplained-failure",
  "capacity",
  "discipline",
  "evidence-missing",
  "accounting",
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Why the outcome of an invocation is unknown (docs/checks.md#outcomes). `end-missing`: the log does not show how it ended. `no-answer`: the
 * driver got no answer, and the log does not show which invocation the call began.
 */
export const UNKNOWN_REASONS = [...OUTCOME_UNKNOWN_CODES, "end-missing", "no-answer"] as const;
export type UnknownReason = (typeof UNKNOWN_REASONS)[number];

/** In the order in which findings are shown. */
export const FINDING_KINDS = ["harm", "exposure", "discipline", "accounting"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];
/** `unknown` is not `clear`: missing evidence never helps a function. */
export const FINDING_STATUSES = ["found", "unknown", "clear"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export interface FindingFacts {
  readonly check: string;
  readonly kind: FindingKind;
  readonly status: FindingStatus;
  /** The environment that was harmed, or that the finding is about. Its id is its log stream. */
  readonly environment: string | null;
  /** The environment that held the connection. */
  readonly holder: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly requestIds: Listed<string>;
  /** The name of the peer that the finding is about. Absent if the function has one peer, or if the finding is the same with all its peers. */
  readonly peer?: string;
  /** True if the finding only informs, because the user allows kept connections: then it is no flaw and changes no verdict. Absent otherwise. */
  readonly allowed?: true;
}

/** A finding or a harm window in an older result, in which none had a `code` yet. It has only its sentence, `text`. */
interface NotCoded {
  readonly code?: undefined;
  readonly parameters?: undefined;
}

export type Finding = FindingFacts & {
  /** One plain sentence that says the same as the code and its parameters. */
  readonly text: string;
} & (CodedFinding | NotCoded);

export interface BootResult {
  readonly bootId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** How the process ended, if it ended early. */
  readonly reset: ResetKind | null;
}

export interface ConnectionResult {
  readonly from: string | null;
  readonly to: string | null;
  readonly openedIn: OpenedIn | null;
  /** `denied`: the server turned the client away, but not for lack of places. An example is a wrong password. */
  readonly outcome: ConnectOutcome | "denied" | null;
  readonly ending: Ending | null;
  /** The name of the peer, if the function has several. */
  readonly peer?: string;
  /** The protocol of the server's bytes. This member and the members below are present only if the link recognised a protocol. */
  readonly protocol?: string;
  /** The server's own code and text, for a refusal or for the end of the connection. */
  readonly code?: string | null;
  readonly text?: string | null;
  /** The name that the client gave itself. */
  readonly clientName?: string | null;
  /** Which side ended the connection. Null while it is open. */
  readonly endedBy?: ConnectionEndedBy | null;
  /** Whether the function closed with the protocol's goodbye. Null if the protocol does not show it. */
  readonly goodbye?: boolean | null;
}

/** The outcome of one invocation, for the picture in the report and for later analysis. */
export interface InvocationResult {
  readonly requestId: string | null;
  /** The number in the driver's schedule. Null if there was no driver. */
  readonly n: number | null;
  /** The environment. Null if no log stream shows the invocation (throttled, lost). */
  readonly environment: string | null;
  readonly dueAt: string | null;
  /** The time of the platform's START, else the time at which the invocation was sent. */
  readonly from: string | null;
  readonly to: string | null;
  readonly latencyMs: number | null;
  readonly durationMs: number | null;
  readonly outcome: InvocationOutcomeName;
  /** The named cause of a failure (docs/checks.md). Null if the invocation succeeded, or if nothing explains the failure. */
  readonly cause: string | null;
  readonly harmed: boolean;
  readonly delayed: boolean;
  /** For the cause `peer-closed`: when the peer sent its FIN or reset the connection. */
  readonly peerClosedAt?: string;
  readonly takenOver?: InvocationTakenOver;
  /** Present if the driver got no answer to a request, and this is the only invocation in the logs that the request can have started. */
  readonly answerLost?: true;
}

export interface EnvironmentResult {
  readonly id: string;
  readonly logStream: string;
  readonly version: string | null;
  readonly initializationType: string | null;
  readonly initStart: string | null;
  readonly initEnd: string | null;
  readonly initDurationMs: number | null;
  readonly initStatus: Exclude<PhaseStatus, "failure"> | null;
  readonly initWithoutInvoke: boolean | null;
  /** The time from the end of the Init to the first START. Null if the end or the START is unknown, or if the Init failed. */
  readonly initGapMs: number | null;
  /**
   * True if START followed the Init immediately, so that a caller waited. False if START came more than a second later. Null if this is
   * unknown.
   */
  readonly initWaitedFor: boolean | null;
  readonly invocations: number;
  readonly firstInvoke: string | null;
  readonly lastInvoke: string | null;
  readonly end: string | null;
  readonly ending: "shutdown" | "vanished" | null;
  readonly boots: readonly BootResult[];
  readonly connections: readonly ConnectionResult[];
}

export interface Quantiles {
  readonly count: number;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface HarmWindowFacts {
  /** The start of the first harmed invocation. */
  readonly from: string;
  /**
   * The start of the next invocation which shows that the peer is free again. If the peer has one place, it can also be the start of the
   * next invocation that another connection harmed. If there is no such invocation, the end of the run.
   */
  readonly to: string;
  readonly durationMs: number;
  readonly invocations: number;
  /** The environments in which invocations failed. */
  readonly environments: readonly string[];
  /** If the peer has several places, the idle environment that held one of them longest. */
  readonly holder: string | null;
  /** The name of the peer that was held, if the function has several. */
  readonly peer?: string;
}

export type HarmWindow = HarmWindowFacts & {
  /**
   * One sentence: the holder, since when it held the peer, the phase in which it connected, how often it was invoked, which environments
   * failed, and for how long.
   */
  readonly text: string;
} & (Coded<Pick<HarmFindings, "peer-held" | "places-held">> | NotCoded);

export interface ThresholdResult {
  readonly expression: string;
  readonly actual: number | null;
  readonly holds: boolean | null;
}

/** CloudWatch's own counts, compared with the counts of the log. */
export interface MetricsResult {
  /** The compared invocations began at `from` or later, and before `to`. Null if nothing could be compared. */
  readonly from: string | null;
  readonly to: string | null;
  readonly invocations: CountedTwice | null;
  readonly errors: CountedTwice | null;
  readonly agree: boolean | null;
  /** The number of outcomes that the log does not show, but that were successes according to these counts. */
  readonly settled: number;
  /** Why nothing could be compared. Null if something was compared. */
  readonly why: MetricsNotCompared | null;
}

interface CountedTwice {
  readonly logged: number;
  readonly counted: number;
}

/** The runtime of a function, and the program on which it ran. */
export interface RuntimeResult {
  /** Lambda's name, such as `python3.12`, or the version text of the log, such as `python:3.12.v105`. */
  readonly name: string;
  /** The family in the catalogue of runtimes, such as `python`. Null if the catalogue does not have it. */
  readonly family: string | null;
  /**
   * The program on which the local engine ran the function, such as `Python 3.12.4`. Null on AWS, for logs, and if the package contains the
   * program.
   */
  readonly ranOn: string | null;
  /** A sentence about the program's release, if this release differs from the release of the runtime. */
  readonly notice?: string;
}

/** The result of a function with one of its several peers. */
export interface PeerResult {
  readonly name: string;
  /** Null if only a log of the peer was given. */
  readonly address: string | null;
  /** The protocol that the links recognised. Null if none. */
  readonly protocol: string | null;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly capacity: PlacesResult["capacity"];
  readonly peakPlaces: PlacesResult["peakPlaces"];
  /** The number of exposures, and of harmed invocations. */
  readonly exposure: number;
  readonly harm: number;
}

export interface PlacesResult {
  /** How many connections the peer serves at one time: the number that was given, or the default. Null if it is unknown. */
  readonly capacity: number | null;
  /**
   * The most connections that can have been open at one time. Overlaps shorter than 50 ms, connections that the server may not have served
   * yet, and connections without a line about their end count only up to `capacity`. They count without this limit if other connections
   * show that the peer serves more. Null if neither a whole peer log nor a link log shows the number.
   */
  readonly peakPlaces: number | null;
}

export interface FunctionResult {
  readonly name: string;
  readonly functionArn: string | null;
  /** Absent if the evidence does not name the runtime. */
  readonly runtime?: RuntimeResult;
  readonly verdict: Verdict;
  readonly expected: Verdict | null;
  readonly expectationMet: boolean | null;
  readonly reasons: readonly Reason[];
  readonly reservedConcurrency: number | null;
  /**
   * The results with each peer, if the function has several. The function's verdict is the worst verdict among them. Absent if the function has at
   * most one peer.
   */
  readonly peers?: readonly PeerResult[];
  /** The places of the peer. Absent in results of older versions. */
  readonly places?: PlacesResult;
  readonly invocations: {
    readonly planned: number;
    readonly succeeded: number;
    readonly functionErrors: number;
    readonly throttled: number;
    readonly invocationErrors: number;
    readonly unknown: number;
    /** How many of the `unknown` invocations are unknown for each reason. Absent in results of schema version 1. */
    readonly unknownReasons?: Readonly<Partial<Record<UnknownReason, number>>>;
    readonly skipped: number;
    /**
     * How many of the invocations counted above have an outcome although the driver got no answer. The outcome was taken from the only
     * invocation in the logs that the driver's request can have started. Absent if there are none.
     */
    readonly answersLost?: number;
  };
  /** The error of a soak in which no invocation succeeded. Absent otherwise. */
  readonly nothingSucceeded?: NothingSucceeded;
  readonly exposure: {
    readonly total: number;
    readonly initWithoutInvoke: number | null;
    readonly replaced: number | null;
    readonly reset: number | null;
    readonly reinitialised: number | null;
    /**
     * Whether an invocation completed an exchange with the peer after the last exposure (with each peer, if there are several). Absent if there
     * was no exposure, and in results of older versions.
     */
    readonly exchangedAfter?: boolean;
  };
  readonly harm: {
    readonly total: number;
    readonly delayed: number;
    readonly windowsMs: readonly number[];
    readonly windows: readonly HarmWindow[];
  };
  /** Connections that the peer ended because another environment of the function connected. Absent in results of older versions. */
  readonly takenOver?: TakenOverResult;
  /** Absent if CloudWatch's metrics were not read. */
  readonly metrics?: MetricsResult;
  readonly latencyMs: Quantiles;
  readonly initDurationMs: Quantiles;
  /** Counts of the first Inits of environments. `total` is the sum of the five counts after it. */
  readonly inits: {
    readonly total: number;
    /** Inits that failed or timed out. */
    readonly failed: number;
    /** Cold starts that a caller waited for. */
    readonly waitedFor: number;
    /** Inits for which no caller waited, and which an invocation followed later. */
    readonly ahead: number;
    readonly withoutInvoke: number;
    /** Inits that belong to none of these groups, because the logs show too little, or do not yet show what followed. */
    readonly unknown: number;
    /** For the Inits in `ahead`: the time from the end of the Init to the first START. */
    readonly aheadMs: Quantiles;
  };
  /** The numbers of processes that ended early. */
  readonly resets: { readonly timeouts: number; readonly crashes: number; readonly outOfMemory: number };
  readonly statistics: {
    /** The upper 95 % bound of the failure rate per exposure (exact binomial). Null if there was no exposure, or if it is not known of an invocation whether it was harmed. */
    readonly failureRatePerExposureUpper95: number | null;
    readonly exposuresFailed: number;
    /** How long a run must last to have an exposure with 95 % probability, at the observed rate. Null if no exposure was observed. */
    readonly runLengthFor95PercentMs: number | null;
    /**
     * The number of pairs of environments in which one kept the other from the peer, although no log line shows that both were alive at a
     * START.
     */
    readonly harmedPairsUnexposed?: number;
    /** The length of the run, or of the evidence. Null if it is unknown. */
    readonly observedMs?: number | null;
    /** These figures in one sentence. */
    readonly text: string;
  };
  readonly thresholds: readonly ThresholdResult[];
  readonly environments: Listed<EnvironmentResult>;
  readonly invocationList: Listed<InvocationResult>;
  /**
   * The number of further successful invocations with nothing unusual near them. They are left out of `invocationList`, and their
   * connections are not listed. Absent if there are none.
   */
  readonly invocationsCondensed?: number;
  readonly findings: readonly Finding[];
}

/** Version 1 has no `invocations.unknownReasons`; its results can still be read. */
export const RESULT_SCHEMA_VERSION = 2;

export interface RunResult {
  readonly schemaVersion: typeof RESULT_SCHEMA_VERSION;
  readonly verdict: Verdict;
  /** Null if `--expect` was not given. */
  readonly expectationsMet: boolean | null;
  readonly exitCode: number;
  readonly run: {
    readonly id: string;
    readonly target: JudgedTarget;
    readonly from: string | null;
    readonly to: string | null;
    readonly status: string | null;
    readonly platform: string | null;
    readonly seed: number | null;
    readonly isolation: string | null;
    readonly toolVersion: string;
    readonly durationMs: number | null;
    readonly intervalMs: number | null;
  };
  readonly functions: readonly FunctionResult[];
  /** Lines that could not be read, by source. */
  readonly unreadable: readonly {
    readonly source: string;
    readonly lines: number;
    readonly example: string | null;
  }[];
  /**
   * Sentences about evidence that shows little, such as a server's log without connections. Also sentences about a server that could not be
   * reached, if no failure shows this. They change no verdict. Absent if there are none.
   */
  readonly notices?: readonly string[];
}
