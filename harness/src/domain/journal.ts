/** The journal: what the harness itself did and saw, one event per line. Lines are only appended. */
import type { RunProblem } from "./findings/evidence-problems.ts";
import type { RunNotice } from "./findings/notices.ts";
import type { InvocationOutcome } from "./invocation.ts";
import type { NothingSucceeded } from "./nothing-succeeded.ts";
import type { LogFormat } from "./platform-words.ts";

export const DRIVE_STOP_REASONS = [
  "duration",
  "signal",
  "abort",
  "harm",
  "disk-full",
  "engine-gone",
  "signed-out",
  "handler-not-loadable",
] as const;
export type DriveStopReason = (typeof DRIVE_STOP_REASONS)[number];

export type JournalEventBody =
  | { readonly event: "run-started"; readonly resumed: boolean }
  | {
      readonly event: "function-ready";
      readonly function: string;
      readonly functionArn: string;
      readonly logGroup: string;
      readonly reservedConcurrency: number | null;
      readonly runtime: string | null;
      readonly timeoutMs: number;
      readonly lastModified: string;
      readonly codeSha256: string | null;
      readonly logFormat: LogFormat;
      readonly systemLogLevel: string | null;
    }
  /**
   * A local engine answers. Written at the start, and again when another engine has replaced the earlier one. `connections` is added to the
   * engine's connection numbers, because every engine counts from 1.
   */
  | { readonly event: "engine-ready"; readonly since: string; readonly connections: number }
  | {
      readonly event: "peer-ready";
      readonly function: string;
      readonly host: string;
      readonly port: number;
      readonly admission: string | null;
    }
  /**
   * The first invocation is due one interval after this event. A resumed run has one such event for each part, and continues the numbers of
   * the invocations.
   */
  | { readonly event: "drive-started" }
  | {
      readonly event: "invocation-sent";
      readonly function: string;
      readonly n: number;
      readonly dueAt: string;
      readonly lateMs: number;
    }
  | ({
      readonly event: "invocation-ended";
      readonly function: string;
      readonly n: number;
      /** The header x-amzn-RequestId. Null if no answer had it. */
      readonly requestId: string | null;
      readonly executedVersion: string | null;
      /** The time from sending the request to the last byte of the answer. */
      readonly durationMs: number;
      /** The time from the due instant to the last byte. It includes the wait for slow earlier invocations. */
      readonly latencyMs: number;
    } & InvocationOutcome)
  /**
   * The invocation was not made: when it was due, the previous one was still in flight, or a stop had been requested. `signed-out`: it was
   * sent, and AWS did not accept the credentials, so nothing ran.
   */
  | {
      readonly event: "invocation-skipped";
      readonly function: string;
      readonly n: number;
      readonly dueAt: string;
      readonly reason?: "signed-out";
    }
  | {
      readonly event: "stop-requested";
      readonly reason: DriveStopReason;
    }
  | { readonly event: "drive-ended" }
  /** All log events up to `through` have been read. */
  | {
      readonly event: "logs-read";
      readonly function: string;
      readonly through: string;
      readonly records: number;
    }
  /**
   * `settled`: all records of every known request were found, or `--settle` has passed. False if the soak was aborted or AWS no longer accepted
   * the credentials.
   */
  | {
      readonly event: "logs-settled";
      readonly function: string;
      readonly settled: boolean;
      readonly missingRequestIds: readonly string[];
    }
  /** The wall clock moved differently from the monotonic clock: it was set back (negative) or ahead, or the machine slept. */
  | { readonly event: "clock-changed"; readonly byMs: number }
  /** Evidence is missing or wrong. Older versions wrote a sentence (`text`) in place of code and parameters. */
  | ({ readonly event: "evidence-problem"; readonly function: string | null } & RunProblem)
  /**
   * A remark about evidence, for example that a peer log is empty. It does not change the verdict. Older versions wrote a sentence (`text`)
   * here too.
   */
  | ({ readonly event: "evidence-notice"; readonly function: string | null } & RunNotice)
  | ({ readonly event: "nothing-succeeded"; readonly function: string } & NothingSucceeded)
  | { readonly event: "run-ended" };

export type JournalEvent = JournalEventBody & {
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** Milliseconds of the process's monotonic clock, which a change of the wall clock does not affect. */
  readonly monotonicMs: number;
};
