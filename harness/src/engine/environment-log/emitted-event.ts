/** The platform events in an environment's log, with the members from which AWS's lines are made (docs/aws/logs.md#platform-records). */
import type { InitPhase, InitializationType, PhaseStatus } from "../../words/platform-words.ts";
export type BootPhase = Exclude<InitPhase, "snap-start">;

export interface InvocationSpan {
  readonly name: "responseLatency" | "responseDuration" | "runtimeOverhead";
  /** The time in ISO 8601 UTC. */
  readonly start: string;
  readonly durationMs: number;
}

interface InitEvent {
  readonly initializationType: InitializationType;
  readonly phase: BootPhase;
}

interface PhaseOutcome {
  readonly status: PhaseStatus;
  readonly errorType: string | null;
}

interface InitStartEvent extends InitEvent {
  readonly type: "initStart";
  readonly runtimeVersion: string;
  readonly runtimeVersionArn: string;
  readonly functionName: string;
  readonly functionVersion: string;
}
interface InitRuntimeDoneEvent extends InitEvent, PhaseOutcome {
  readonly type: "initRuntimeDone";
}
interface InitReportEvent extends InitEvent, PhaseOutcome {
  readonly type: "initReport";
  readonly durationMs: number;
}
interface InvocationEvent {
  readonly requestId: string;
  readonly tenantId?: string | undefined;
}
interface StartEvent extends InvocationEvent {
  readonly type: "start";
  readonly version: string;
}
export interface RuntimeDoneEvent extends InvocationEvent, PhaseOutcome {
  readonly type: "runtimeDone";
  readonly durationMs: number;
  readonly producedBytes: number;
  readonly spans: readonly InvocationSpan[];
}
export interface ReportEvent extends InvocationEvent, PhaseOutcome {
  readonly type: "report";
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Null except for the first invocation after an Init phase. */
  readonly initDurationMs: number | null;
}
interface ExtensionEventRecord {
  readonly type: "extension";
  readonly name: string;
  readonly state: string;
  readonly events: readonly string[];
  readonly errorType: string | null;
}
interface TelemetrySubscriptionEvent {
  readonly type: "telemetrySubscription";
  readonly name: string;
  readonly state: string;
  readonly types: readonly string[];
}
interface LogsDroppedEvent {
  readonly type: "logsDropped";
  readonly droppedBytes: number;
  readonly droppedRecords: number;
  readonly reason: string;
}

export type EmittedEvent =
  | InitStartEvent
  | InitRuntimeDoneEvent
  | InitReportEvent
  | StartEvent
  | RuntimeDoneEvent
  | ReportEvent
  | ExtensionEventRecord
  | TelemetrySubscriptionEvent
  | LogsDroppedEvent;
