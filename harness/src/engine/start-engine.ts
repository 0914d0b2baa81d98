/** Starts the local engine: the fleet of execution environments, the conductor of plans and the HTTP server. */
import type { WantedIsolation } from "../words/isolation.ts";
import { DEFAULT_PLACEMENT } from "../record/plan.ts";
import { drawPlan } from "../platform/draw-plan.ts";
import type { PlatformProfile } from "../platform/platform-profile.ts";
import { startConductor } from "./scheduling/plan/conductor.ts";
import type { FleetOptions } from "./scheduling/fleet-options.ts";
import { createFleet } from "./scheduling/fleet.ts";
import { type EngineSettings, type OpenEngine, openEngine } from "./start/open-engine.ts";
import type { DrawBlock } from "./scheduling/plan/platform-blocks.ts";
import type { LinkOptions } from "./link/link-options.ts";

export type { OpenEngine } from "./start/open-engine.ts";

export interface StartEngineOptions extends Omit<EngineSettings, "platform" | "report"> {
  readonly isolation: WantedIsolation;
  /** One element, the options of a link, for each peer of a function. Empty if functions connect to their peers without links. */
  readonly links: readonly LinkOptions[];
  /** What the platform does besides handling requests, such as ending environments. Null if it only handles requests. */
  readonly platform: { readonly profile: PlatformProfile; readonly seed: number } | null;
  /** The built runtime client, one CommonJS file. */
  readonly bootstrapFile: string;
  readonly report?: EngineSettings["report"];
  /** The fleet's limits and budgets, for a test or a schedule that needs other values than AWS's. */
  readonly fleet?: Partial<
    Omit<FleetOptions, "dataFolder" | "isolation" | "bootstrapFile" | "links" | "logs" | "clock">
  >;
}

/** `serve` has no interval between invocations, so an interval in a profile counts as one second, the default of a soak. */
const SERVE_INTERVAL_MS = 1_000;

/** Resolves with the engine when it listens. Throws LongrunError("unavailable") if the port or the data folder is in use. */
export async function startEngine(options: StartEngineOptions): Promise<OpenEngine> {
  const { isolation, links, bootstrapFile, clock, fleet, report = () => undefined } = options;
  return openEngine(
    {
      ...options,
      report,
      platform: options.platform === null ? null : blocksOf(options.platform),
      ...(options.platform === null ? {} : { seed: options.platform.seed }),
    },
    {
      createFleet: ({ dataFolder, logs }) =>
        createFleet({ report, ...fleet, dataFolder, isolation, bootstrapFile, links, logs, clock }),
      startConductor,
    },
  );
}

/** Null if the profile has no actions (calm), because a soak may then load its own plan. */
function blocksOf({ profile, seed }: NonNullable<StartEngineOptions["platform"]>): DrawBlock | null {
  const calm =
    profile.events.length === 0 && profile.aheadElsewhere === null && profile.placement === DEFAULT_PLACEMENT;
  if (calm) return null;
  return (block, durationMs) =>
    drawPlan({ profile, seed: seed + block, durationMs, intervalMs: SERVE_INTERVAL_MS });
}
