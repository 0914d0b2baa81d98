/** The options of a fleet (the environments of all functions of an engine). Only this file decides their defaults. */
import { execPath, versions } from "node:process";
import { TENANT_ENVIRONMENTS } from "../../words/function-size.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import type { ServicesOptions } from "../lifecycle/open-services.ts";
import { DEFAULT_SHUTDOWN_BUDGETS } from "../lifecycle/shutdown-budget.ts";
import { LOCAL_CREDENTIALS } from "../process/runtime-variables.ts";

export interface ResolvedFleetOptions extends ServicesOptions {
  /** Receives, once for each function, what its links override or why it has no link. */
  readonly reportLink: (notice: string) => void;
  /** How many environments are prepared before they are needed (parked-environments.ts). */
  readonly parked: number;
  /** How many environments a function that isolates tenants may have for each unit of its concurrency (docs/aws/tenants.md#limit). */
  readonly tenantEnvironments: number;
}

type Mandatory = "dataFolder" | "isolation" | "bootstrapFile" | "links" | "logs" | "clock";

export type FleetOptions = Pick<ResolvedFleetOptions, Mandatory> &
  Partial<Omit<ResolvedFleetOptions, Mandatory>>;

export function resolveFleetOptions(options: FleetOptions): ResolvedFleetOptions {
  return {
    ...options,
    interpreterOf: options.interpreterOf ?? (() => ({ file: execPath, version: versions.node, home: null })),
    launcher: options.launcher ?? null,
    ricPackageOf: options.ricPackageOf ?? null,
    installedClientOf: options.installedClientOf ?? (() => null),
    report: options.report ?? (() => undefined),
    reportLink: options.reportLink ?? (() => undefined),
    parked: options.parked ?? 0,
    tenantEnvironments: options.tenantEnvironments ?? TENANT_ENVIRONMENTS,
    credentials: options.credentials ?? LOCAL_CREDENTIALS,
    answerAtPhaseEnd: options.answerAtPhaseEnd ?? false,
    phaseEndWaitMs: options.phaseEndWaitMs ?? 100,
    peerCloseTimeoutMs: options.peerCloseTimeoutMs ?? 2_000,
    initTimeoutMs: options.initTimeoutMs ?? INIT_MS_MAX,
    shutdownBudgets: options.shutdownBudgets ?? DEFAULT_SHUTDOWN_BUDGETS,
    logBytesPerPhaseMax: options.logBytesPerPhaseMax ?? 16 * 1024 * 1024,
  };
}
