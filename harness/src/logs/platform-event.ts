/**
 * An event that the platform reports about one environment. Text lines and JSON records, old and new, become the same events. Only JSON
 * records name a tenant (docs/aws/tenants.md#logs).
 */
import { type InitPhase, type PhaseStatus, PHASE_STATUSES, INIT_PHASES } from "../words/platform-words.ts";
export type PlatformEvent =
  | {
      readonly event: "init-start";
      readonly phase: InitPhase;
      readonly initializationType: string | null;
      readonly functionName: string | null;
      readonly functionVersion: string | null;
      /** The version text, such as `nodejs:22.v50`. Null if the line has none, as for container images. */
      readonly runtimeVersion: string | null;
      readonly format: "Text" | "JSON";
    }
  | {
      readonly event: "init-runtime-done";
      readonly phase: InitPhase;
      readonly status: PhaseStatus;
      readonly errorType: string | null;
    }
  | {
      readonly event: "init-report";
      /** Null if the line does not show the phase. Then the events before it decide. */
      readonly phase: InitPhase | null;
      readonly initializationType: string | null;
      readonly status: PhaseStatus;
      readonly durationMs: number | null;
      readonly errorType: string | null;
    }
  /** RESTORE_START: the environment was restored from a snapshot (SnapStart). */
  | {
      readonly event: "restore-start";
      readonly functionName: string | null;
      readonly functionVersion: string | null;
      readonly runtimeVersion: string | null;
      readonly format: "Text" | "JSON";
    }
  | {
      readonly event: "restore-report";
      readonly status: PhaseStatus;
      readonly durationMs: number | null;
      readonly errorType: string | null;
    }
  /** `platform.invokeStart`: a request to a web function began. A web function may serve several requests at the same time. */
  | { readonly event: "web-start"; readonly requestId: string }
  | {
      readonly event: "start";
      readonly requestId: string;
      readonly version: string | null;
      readonly tenantId?: string;
    }
  /** JSON `platform.runtimeDone`, or the text line END, which carries no status. */
  | {
      readonly event: "runtime-done";
      readonly requestId: string;
      readonly tenantId?: string;
      readonly status: PhaseStatus | null;
      readonly errorType: string | null;
    }
  | {
      readonly event: "report";
      readonly requestId: string;
      readonly tenantId?: string;
      readonly status: PhaseStatus;
      readonly durationMs: number | null;
      readonly initDurationMs: number | null;
      readonly memorySizeMb: number | null;
      readonly maxMemoryUsedMb: number | null;
      readonly errorType: string | null;
    }
  /** Old wording, between START and END: `Task timed out after 3.00 seconds`. */
  | { readonly event: "task-timed-out"; readonly requestId: string }
  /** Old wording: `Runtime exited with error: signal: killed`. */
  | { readonly event: "runtime-exited"; readonly requestId: string; readonly detail: string }
  /** A failure without a request id. Between the START and the END of an invocation, it is about this invocation. */
  | { readonly event: "failure-reported"; readonly status: "error"; readonly errorType: string | null }
  | { readonly event: "logs-dropped"; readonly records: number | null }
  /** Extension, telemetry and X-Ray lines: recognised, but not used by the judgement. */
  | { readonly event: "other"; readonly name: string }
  /** A type that this code does not know. Lambda may have added it later. */
  | { readonly event: "unrecognised"; readonly name: string };

export function platformStatus(text: unknown): PhaseStatus | null {
  return PHASE_STATUSES.find((status) => status === text) ?? null;
}

/** Only failures have an error type, so with an error type a missing status or `success` counts as `error`. */
export function statusWith(status: PhaseStatus | null, namesErrorType: boolean): PhaseStatus | null {
  return namesErrorType && (status === null || status === "success") ? "error" : status;
}

export function initPhase(text: unknown): InitPhase | null {
  return INIT_PHASES.find((phase) => phase === text) ?? null;
}
