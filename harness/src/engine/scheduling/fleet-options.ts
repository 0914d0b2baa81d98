/** What a fleet is made with. Raw options are resolved once; nothing deeper reads the raw ones. */
import { execPath } from "node:process";
import type { Clock } from "../../ports/clock.ts";
import type { LinkOptions } from "../link/link-options.ts";
import type { LogSink } from "../log-sink.ts";
import { LOCAL_CREDENTIALS, type Credentials } from "../process/environment-variables.ts";
import { DEFAULT_SHUTDOWN_BUDGETS, type ShutdownBudgets } from "../lifecycle/shutdown-budget.ts";

export interface FleetOptions {
  /** Made when absent; holds the folders of running environments and the list of what runs. */
  readonly dataFolder: string;
  readonly isolation: "auto" | "namespaces" | "none";
  /** Our built runtime client, one CommonJS file. */
  readonly bootstrapFile: string;
  /** Null: no links. */
  readonly link: LinkOptions | null;
  readonly logs: LogSink;
  readonly clock: Clock;
  /** The node binary for a runtime name; default: the one that runs the engine. */
  readonly nodeFileOf?: (runtime: string) => string;
  /**
   * AWS's own runtime client in place of ours: the aws-lambda-ric in a function's package, else the folder of the package that this names for
   * the runtime. Where both are missing the function is not started. Null: our own client (default).
   */
  readonly ricPackageOf?: ((runtime: string) => string | null) | null;
  /** What an operator should know and turns up later than the start; it is also added to the fleet's notices. */
  readonly report?: (notice: string) => void;
  readonly credentials?: Credentials;
  /** How long `retire` waits for the peer to close (default 2000). */
  readonly peerCloseTimeoutMs?: number;
  /** The Init phase's limit (default 10000). */
  readonly initTimeoutMs?: number;
  readonly shutdownBudgets?: ShutdownBudgets;
  /** Concurrent executions of the account (default 1000). */
  readonly accountConcurrency?: number;
  /**
   * When a reserved-concurrency slot is free again: at the end of the Invoke phase (default; AWS by the definition of the phase), or at the
   * response. Where no extension listens to INVOKE the answer is held for the microseconds until the phase ends, so that a caller who
   * invokes again at once is never throttled by that race.
   */
  readonly slotFreedAt?: "phase-end" | "response";
  /** Log bytes a function may write in one phase before lines are dropped (default 16 MiB). */
  readonly logBytesPerPhaseMax?: number;
}

export type ResolvedFleetOptions = Required<FleetOptions>;

export function resolveFleetOptions(options: FleetOptions): ResolvedFleetOptions {
  return {
    ...options,
    nodeFileOf: options.nodeFileOf ?? (() => execPath),
    ricPackageOf: options.ricPackageOf ?? null,
    report: options.report ?? (() => undefined),
    credentials: options.credentials ?? LOCAL_CREDENTIALS,
    peerCloseTimeoutMs: options.peerCloseTimeoutMs ?? 2_000,
    initTimeoutMs: options.initTimeoutMs ?? 10_000,
    shutdownBudgets: options.shutdownBudgets ?? DEFAULT_SHUTDOWN_BUDGETS,
    accountConcurrency: options.accountConcurrency ?? 1_000,
    slotFreedAt: options.slotFreedAt ?? "phase-end",
    logBytesPerPhaseMax: options.logBytesPerPhaseMax ?? 16 * 1024 * 1024,
  };
}
