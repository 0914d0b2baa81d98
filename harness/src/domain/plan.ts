/**
 * The plan: what the local platform will do to environments. It is drawn before the start from profile, seed, duration and interval. It
 * names positions, never ids or measured times, so it is the same for every function.
 */
export const PLATFORM_PROFILES = ["calm", "typical", "hostile", "partition"] as const;
export type PlatformProfileName = (typeof PLATFORM_PROFILES)[number];

export const DEFAULT_PROFILE: PlatformProfileName = "typical";

/** Which idle environment of the current generation gets an invocation. */
export const PLACEMENTS = ["most-recent", "oldest", "newest", "new"] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** How the connections of an environment end when the environment ends: with FIN, with RST, or without any packet. */
export const ENDINGS = ["fin", "rst", "silence"] as const;
export type Ending = (typeof ENDINGS)[number];

/** A position among the live environments at the time of the entry. `in-flight`: the environment that runs an invocation. */
export const SELECTORS = [
  "oldest-idle",
  "newest-idle",
  "most-recent-idle",
  "never-invoked",
  "in-flight",
  "all-idle",
] as const;
export type Selector = (typeof SELECTORS)[number];

export type PlanAction =
  /** Initialise environments although no invocation waits. If `environments` is absent, initialise one. */
  | { readonly action: "initialise-ahead"; readonly environments?: number }
  /**
   * One step with four actions (docs/contracts.md#the-platform): retire all environments by FIN, initialise ahead, place the next
   * invocation in a new environment, and later retire what was initialised ahead.
   */
  | { readonly action: "ahead-elsewhere"; readonly environments?: number }
  | { readonly action: "retire"; readonly selector: Selector; readonly ending: Ending }
  /** Applies to the next invocation only. */
  | { readonly action: "place-next"; readonly placement: Placement }
  /** An update of code or configuration begins a new generation. The old environments stay frozen and are never chosen again. */
  | { readonly action: "update" }
  /** The runtime process of an environment that is idle or in flight dies. The environment stays. */
  | { readonly action: "crash"; readonly selector: Selector };

export type PlanEntry = PlanAction & {
  /** Milliseconds after the start of the run. */
  readonly offsetMs: number;
};

/** A longer plan would need more memory than a laptop has. */
export const PLAN_ENTRIES_MAX = 1_000_000;

export interface Plan {
  readonly schemaVersion: 1;
  readonly profile: string;
  readonly seed: number;
  readonly durationMs: number;
  readonly intervalMs: number;
  readonly placement: Placement;
  /** In ascending order of offsetMs. */
  readonly entries: readonly PlanEntry[];
}

export interface AppliedEntry {
  readonly functionName: string;
  /** Index into `Plan.entries`. */
  readonly entry: number;
  readonly result: "applied" | "nothing-to-act-on" | "failed";
  /** ISO 8601 UTC. */
  readonly from: string;
  readonly to: string;
  readonly environments: readonly string[];
  readonly detail: string | null;
}
