/** Findings of kind accounting: whether every invocation, log stream and line is accounted for, and whether clocks agree. */
import { coder, type Coded, type NoParameters } from "../../record/coded.ts";
import type { JudgedProblemParameters } from "../../record/evidence-problems.ts";
import type { ServerWords } from "./harm-findings.ts";

export interface AccountingFindings
  extends InvocationFindings, StreamFindings, ConcurrencyFindings, MetricFindings {
  /** `fitsAtMs` is given if the peer's times seem to be in another time zone than they say. It says how much later the times must be to fit. */
  readonly "clocks-apart": { readonly toleranceMs: number; readonly fitsAtMs?: number } & SkewRange;
  readonly "peer-clock-fits-nowhere": { readonly toleranceMs: number; readonly fitsAtMs?: number };
  readonly "clocks-not-compared": NoParameters;
  readonly "clocks-agree": { readonly toleranceMs: number; readonly ranges: readonly SkewRange[] };
  readonly "outcomes-unknown": {
    readonly invocations: number;
    readonly why: OutcomeUnknownCode;
    readonly runtime: string | null;
  };
  readonly "source-unreadable": { readonly source: string };
  readonly "lines-not-understood": { readonly lines: number };
  /** Connections carried bytes that are not of the protocol that the user named. `beginning`: the first bytes as text. */
  readonly "protocol-contradicted": {
    readonly protocol: string;
    readonly beginning: string;
    readonly connections: number;
  };
  readonly "types-not-known": {
    readonly types: readonly { readonly type: string; readonly records: number }[];
  };
  readonly "lines-readable": NoParameters;
}

/** Why it is unknown whether invocations succeeded, although their ends were seen (docs/checks.md#outcomes). */
export const OUTCOME_UNKNOWN_CODES = [
  "ambiguous-line",
  "started-again",
  "report-missing",
  "end-unreadable",
  "runtime-unknown",
  "client-silent",
  "level-unknown",
  "level-hides",
  "console-altered",
  "web-function",
] as const;
export type OutcomeUnknownCode = (typeof OUTCOME_UNKNOWN_CODES)[number];

interface InvocationFindings extends JudgedProblemParameters {
  readonly "no-driver": NoParameters;
  readonly "journal-events-missing": { readonly events: number };
  /** `first` is the number of the first invocation that was sent or ended more than once, or was sent and also skipped. */
  readonly "invocations-ended-twice": { readonly invocations: number; readonly first: number };
  readonly "invocations-without-end": { readonly invocations: number; readonly first: number };
  readonly "invocations-not-sent": { readonly invocations: number };
  /** A problem that an older version wrote into the journal as a sentence. */
  readonly "evidence-problem": { readonly told: string };
  readonly "invocations-accounted": NoParameters;
}

interface StreamFindings {
  readonly "stream-incomplete": { readonly environment: string; readonly problem: StreamProblem };
  readonly "invocations-in-no-stream": { readonly invocations: number };
  readonly "invocations-in-many-streams": { readonly invocations: number };
  /** The reading of the logs ended before every known request was found and before `--settle` had passed. */
  readonly "logs-not-settled": NoParameters;
  readonly "logs-settled-incomplete": { readonly invocations: number };
  /** The peer's log names a log stream of the function that is not in the evidence. */
  readonly "stream-missing": { readonly logStream: string };
  /** The peer's log shows so few of the function's connections that it must be the log of another peer. */
  readonly "peer-log-foreign": { readonly found: number; readonly of: number };
  /** The peer's log names no client, so the log of another peer would match equally well. */
  readonly "peer-log-nameless": { readonly connections: number };
  readonly "no-stream": NoParameters;
  readonly "streams-complete": NoParameters;
}

/** Counts of CloudWatch and of the log for invocations that began at `from` or later and before `to`. */
interface MetricFindings {
  readonly "metrics-not-compared": { readonly why: MetricsNotCompared };
  /** `settled`: outcomes that the log does not show and that were successes according to these counts. */
  readonly "metrics-agree": {
    readonly from: string;
    readonly to: string;
    readonly invocations: number;
    readonly errors: number;
    readonly settled: number;
  };
  /** `unknownLogged`: invocations for which the log does not show whether they failed. */
  readonly "metrics-differ": {
    readonly from: string;
    readonly to: string;
    readonly invocationsCounted: number;
    readonly errorsCounted: number;
    readonly invocationsLogged: number;
    readonly errorsLogged: number;
    readonly unknownLogged: number;
  };
}

/**
 * `period-longer`: the sums are over more than a minute. `no-span`: every range of whole minutes has a START near one of its edges, or an
 * invocation that had not ended five minutes before the metrics were read. `readings-differ`, `read-once`: CloudWatch may still have been
 * counting. `group-shared`: other functions write into the log group.
 */
export const METRICS_NOT_COMPARED = [
  "no-data-points",
  "period-longer",
  "no-span",
  "readings-differ",
  "read-once",
  "group-shared",
] as const;
export type MetricsNotCompared = (typeof METRICS_NOT_COMPARED)[number];

/** The server refused clients although fewer connections were open than the capacity that the run assumes. */
export interface RefusedBelowCapacity {
  readonly invocations: number;
  /** The most connections that were open at one time. Null if this is not known. */
  readonly open: number | null;
  readonly places: number;
  /** False if the number is only the default, the reserved concurrency. */
  readonly given: boolean;
  /** What the server said to the first refused client. Absent if the protocol is unknown, or if the server only closed the connection. */
  readonly refusal?: ServerWords;
}

export interface ConcurrencyFindings {
  /** More connections were open at one time than the capacity that the run assumes. */
  readonly "capacity-refuted": { readonly open: number; readonly places: number };
  readonly "refused-below-capacity": RefusedBelowCapacity;
  readonly "capacity-kept": { readonly places: number | null };
  readonly "nothing-reserved": NoParameters;
  readonly "never-overlapped": NoParameters;
  readonly "overlapped-reserved-unknown": { readonly invocations: number };
  readonly "reserved-kept": { readonly reserved: number };
  readonly "reserved-exceeded": { readonly invocations: number; readonly reserved: number };
}

/** How far the functions' clock is ahead of the other clock, as a range. A bound of the range is null if the evidence does not show it. */
export interface SkewRange {
  readonly between: ClockPair;
  readonly atLeastMs: number | null;
  readonly atMostMs: number | null;
}

export type ClockPair = "driver-and-functions" | "peer-and-functions";

export interface StreamProblemParameters {
  /** `since`: the day in the stream's name, on which its environment was created. */
  readonly "init-missing": { readonly since: string | null };
  /** The function's logs have no INIT_START, and no REPORT line of this stream has an Init duration. */
  readonly "init-not-shown": NoParameters;
  readonly "lines-before-init": NoParameters;
  readonly "records-dropped": NoParameters;
  readonly "starts-missing": { readonly starts: number };
  readonly "ends-missing": { readonly starts: number };
  readonly "lifecycle-lines-missing": NoParameters;
}

export type StreamProblem = Coded<StreamProblemParameters>;
export const streamProblem = coder<StreamProblemParameters>();
