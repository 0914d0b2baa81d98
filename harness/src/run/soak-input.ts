/** The input of a run. Everything in it was checked, loaded or made before the run, so the run does not check it again. */
import type { Admission } from "../words/admission.ts";
import type { LeverStep } from "../words/lever.ts";
import type { LinkPlace } from "../words/link-place.ts";
import type { Manifest } from "../record/manifest.ts";
import type { Plan } from "../record/plan-file.ts";
import type { NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import type { Clock } from "./ports/clock.ts";
import type { EngineControl } from "./ports/engine-control.ts";
import type { EngineLauncher } from "./ports/engine-launcher.ts";
import type { Deployment, FunctionDeployer } from "./ports/function-deployer.ts";
import type { FunctionChanges } from "./ports/function-changes.ts";
import type { FunctionDriver } from "./ports/function-driver.ts";
import type { Judge } from "./ports/judge.ts";
import type { LogSource } from "./ports/log-source.ts";
import type { MetricSource } from "./ports/metric-source.ts";
import type { Metrics } from "./ports/metrics.ts";
import type { PeerLauncher } from "./ports/peer-launcher.ts";
import type { Progress } from "./ports/progress.ts";
import type { ServerLogFiles } from "./ports/server-log-files.ts";
import type { RunStore } from "./ports/run-store.ts";
import type { SoakSettings } from "../settings/soak-settings.ts";
import type { DurationMs } from "../base/time.ts";
import type { ResumePoint } from "./resume-point.ts";
import type { Stop } from "./stop.ts";

export interface PeerLogGroup {
  readonly logGroup: string;
  /** The address at which the function reaches the peer, for the journal. */
  readonly address: NetworkAddress | null;
}

export interface FunctionInput {
  readonly label: string;
  readonly functionName: string;
  /** Null if the function exists. Then only `provoke` changes it. */
  readonly deployment: Omit<
    Deployment,
    "functionName" | "reservedConcurrency" | "replaces" | "isolatesTenants"
  > | null;
  /** The function of which the run makes a copy named `functionName`. Absent if it makes none. */
  readonly copyOf?: string;
  /** The log group of a managed peer; absent or null if there is none that we may read. */
  readonly peerLog?: PeerLogGroup | null;
}

type SettingsOfRun = Pick<
  SoakSettings,
  "endpoint" | "duration" | "interval" | "reservedConcurrency" | "settle" | "provoke" | "tenants"
>;

export function settingsOfRun(settings: SoakSettings): SettingsOfRun {
  const { endpoint, duration, interval, reservedConcurrency, settle, provoke, tenants } = settings;
  return { endpoint, duration, interval, reservedConcurrency, settle, provoke, tenants };
}

export interface SoakInput extends SettingsOfRun {
  /** The name of the run, by which its changes are found again (provoke/mark.ts). */
  readonly name: string;
  readonly resume: ResumePoint | null;
  /** The manifest with status `running`. Endpoint, isolation and code hashes are added when they are known. */
  readonly manifest: Manifest;
  /** Null if the platform has no plan, as on AWS. */
  readonly plan: Plan | null;
  readonly functions: readonly FunctionInput[];
  /** The steps that are played in this order, to their end, in place of invocations at a steady pace. */
  readonly schedule?: readonly LeverStep[];
  readonly payload: Uint8Array;
  /** Resolves to null if the answer is a success, else to the reason why it is not. */
  readonly success: ((payload: unknown) => Promise<string | null>) | null;
  readonly stopOnHarm: boolean;
  /** Null if the functions have a peer already. If its address is known, it is in `peerAddress`. */
  readonly ownPeers: {
    readonly admission: Admission;
    readonly capacity: number;
    readonly idleTimeout: DurationMs;
  } | null;
  readonly peerAddress: NetworkAddress | null;
  /** `peer` is null if the peer is ours. */
  readonly links: readonly { readonly place: LinkPlace; readonly peer: NetworkAddress | null }[];
  readonly pollInterval: DurationMs;
  readonly logOverlap: DurationMs;
}

export interface LambdaService {
  readonly driver: FunctionDriver;
  readonly deployer: FunctionDeployer;
  readonly changes: FunctionChanges;
  readonly logs: LogSource;
  /** Null for an engine, which has no metrics. */
  readonly metrics: MetricSource | null;
  /** Null on AWS. */
  readonly control: EngineControl | null;
}

export interface SoakPorts {
  readonly clock: Clock;
  readonly store: RunStore;
  readonly stop: Stop;
  /** Null if an engine runs already, or on AWS. */
  readonly engine: EngineLauncher | null;
  connect(endpoint: string | null): LambdaService;
  readonly peers: PeerLauncher;
  /** Null if the user gave no log of a server. */
  readonly serverLogs: ServerLogFiles | null;
  readonly judge: Judge;
  readonly progress: Progress;
  readonly metrics: Metrics | null;
}
