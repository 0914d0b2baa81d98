/**
 * The journal: everything the harness itself did and saw, one event a line, sequence-numbered, append-only.
 * Raw evidence of others (platform and function logs, peer logs, link logs) lies verbatim in `logs/`.
 */
import type { InvocationOutcome } from "./invocation.ts";

export type JournalEventBody =
  | { readonly event: "run-started"; readonly resumed: boolean }
  /** The function as found before the first invocation. */
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
      readonly logFormat: "Text" | "JSON";
      readonly systemLogLevel: string | null;
    }
  | {
      readonly event: "peer-ready";
      readonly function: string;
      readonly host: string;
      readonly port: number;
      readonly admission: string | null;
    }
  /** Instant 0 of the schedule: invocation n is due at this time + n × interval. Resumed: the instant before the next one. */
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
      /** x-amzn-RequestId; null where no answer carried one. */
      readonly requestId: string | null;
      readonly executedVersion: string | null;
      /** From sending to the last byte of the answer. */
      readonly durationMs: number;
      /** From the due instant to the last byte: what an open-loop caller waited. */
      readonly latencyMs: number;
    } & InvocationOutcome)
  /**
   * Its instant passed while the one before was still in flight, or after a stop was asked for. `signed-out`: it was sent
   * and AWS did not accept who asked, so that nothing ran.
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
      readonly reason:
        | "duration"
        | "signal"
        | "abort"
        | "harm"
        | "disk-full"
        | "engine-gone"
        | "signed-out"
        | "handler-not-loadable";
    }
  | { readonly event: "drive-ended" }
  /** Progress of evidence collection: every log event up to `through` has been read. */
  | {
      readonly event: "logs-read";
      readonly function: string;
      readonly through: string;
      readonly records: number;
    }
  /** `settled`: every known request id was found complete, or `--settle` has passed. */
  | {
      readonly event: "logs-settled";
      readonly function: string;
      readonly settled: boolean;
      readonly missingRequestIds: readonly string[];
    }
  /** The wall clock went another way than the monotonic one: set back (negative), set ahead, or the machine slept. */
  | { readonly event: "clock-changed"; readonly byMs: number }
  /** Evidence which could not be read, in a sentence. */
  | { readonly event: "evidence-problem"; readonly function: string | null; readonly text: string }
  | { readonly event: "run-ended" };

export type JournalEvent = JournalEventBody & {
  /** 1, 2, 3, … without a gap. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly time: string;
  /** Milliseconds of the process's monotonic clock: order and lengths that a clock change cannot bend. */
  readonly monotonicMs: number;
};
