/** The settings and the parts of an engine, and the interface of an open engine. */
import type { IsolationKind } from "../../words/isolation.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { Fleet } from "../fleet-contract.ts";
import type { LogSink, WrittenLine } from "../log-sink.ts";
import type { EventQueueSettings } from "../scheduling/event-queue.ts";
import type { StartConductor } from "../scheduling/plan/conductor.ts";
import type { DrawBlock } from "../scheduling/plan/platform-blocks.ts";

export interface EngineSettings {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The folder for functions, packages, logs and environments; null for a temporary folder that `close` removes. */
  readonly dataFolder: string | null;
  /**
   * Makes the random plan for each hour: what the platform does besides handling requests. If it is null, plans can be loaded through the
   * control API.
   */
  readonly platform: DrawBlock | null;
  /** The seed for choosing a version when an alias with two versions is invoked. Default 0. */
  readonly seed?: number;
  /** Default 123456789012. */
  readonly accountId?: string;
  readonly clock: Clock;
  readonly version: string;
  /** Receives problems that no API answer shows, for the operator: broken files, a full disk. */
  readonly report: (problem: string) => void;
  /** How long `Pending` and `InProgress` stay visible. Default 0: only the answer to the request shows them. */
  readonly stateDelays?: { readonly createMs: number; readonly updateMs: number };
  readonly events?: Partial<EventQueueSettings>;
  /** How long it takes until readers can see a log event. Default 0; on AWS it takes up to some seconds. */
  readonly logDelayMs?: number;
  /** Called with each line that an environment writes into its log. */
  readonly written?: (line: WrittenLine) => void;
}

export interface EngineParts {
  readonly createFleet: (options: { readonly dataFolder: string; readonly logs: LogSink }) => Promise<Fleet>;
  readonly startConductor: StartConductor;
}

export interface OpenEngine {
  readonly endpoint: string;
  readonly account: string;
  readonly isolation: IsolationKind;
  readonly fleet: Fleet;
  /** Notices of this start for the operator: what the fleet could not do on this machine, and files that could not be read. */
  readonly notices: readonly string[];
  /** Ends everything. Resolves when all processes, sockets and locks are gone. */
  close(): Promise<void>;
}

export type ResolvedEngineSettings = EngineSettings & { readonly accountId: string };
