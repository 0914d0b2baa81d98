/** What an engine is opened with, what it is made of, and its face once it is open. Types only. */
import type { IsolationKind } from "../../domain/isolation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Fleet } from "../fleet-contract.ts";
import type { LogSink } from "../log-sink.ts";
import type { EventQueueSettings } from "../scheduling/event-queue.ts";
import type { StartConductor } from "../scheduling/plan/conductor.ts";
import type { DrawBlock } from "../scheduling/plan/platform-blocks.ts";

export interface EngineSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Null: a temporary one, removed at close. */
  readonly dataFolder: string | null;
  /** What the platform does by itself; null: nothing, and plans can be loaded through the control API. */
  readonly platform: DrawBlock | null;
  readonly accountId?: string;
  readonly clock: Clock;
  readonly version: string;
  /** What an operator should know and no caller is told: broken files, a full disk. */
  readonly report: (problem: string) => void;
  /** How long `Pending` and `InProgress` stay visible (default 0: in the answer, and then no more). */
  readonly stateDelays?: { readonly createMs: number; readonly updateMs: number };
  readonly events?: Partial<EventQueueSettings>;
  /** Lambda takes 10 synchronous requests in a second for each environment; default null: no limit. */
  readonly requestsPerSecond?: number | null;
  /** How long a log event takes until a reader can see it (default 0; AWS: up to some seconds). */
  readonly logDelayMs?: number;
}

export interface EngineParts {
  readonly createFleet: (options: { readonly dataFolder: string; readonly logs: LogSink }) => Promise<Fleet>;
  readonly startConductor: StartConductor;
}

export interface Engine {
  readonly endpoint: string;
  readonly account: string;
  readonly isolation: IsolationKind;
  readonly fleet: Fleet;
  /** What an operator should know of this start: what the fleet could not do here, and files that could not be read. */
  readonly notices: readonly string[];
  /** Ends everything; resolves when no process, socket or lock is left. */
  close(): Promise<void>;
}

/** Settings with the account that they leave open. */
export type ResolvedEngineSettings = EngineSettings & { readonly accountId: string };
