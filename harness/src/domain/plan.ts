/**
 * The plan: what the local platform will do to a function's environments, drawn before the start from
 * profile, seed, duration and interval. It names positions, never ids or measured times, so it is the same for
 * every function of a run and for every run with that seed.
 */
export const PLATFORM_PROFILES = ["calm", "typical", "hostile", "partition"] as const;
export type PlatformProfileName = (typeof PLATFORM_PROFILES)[number];

/** Where an invocation goes among the idle environments of the current generation. */
export const PLACEMENTS = ["most-recent", "oldest", "newest", "new"] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** How the connections of an environment end together with it: closed with FIN, reset, or without any packet. */
export const ENDINGS = ["fin", "rst", "silence"] as const;
export type Ending = (typeof ENDINGS)[number];

/** A position among the live environments at the moment of the entry. `in-flight`: the one running an invocation. */
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
  /** Initialise one environment without an invocation that waits for it. */
  | { readonly action: "initialise-ahead" }
  /**
   * One step (docs/contracts.md#the-platform): retire all by FIN, initialise one ahead, place the next invocation in `new`; the silent one
   * is retired later.
   */
  | { readonly action: "ahead-elsewhere" }
  /** End an environment. */
  | { readonly action: "retire"; readonly selector: Selector; readonly ending: Ending }
  /** The next invocation goes here, once. */
  | { readonly action: "place-next"; readonly placement: Placement }
  /** A code or configuration update: a new generation; the old environments stay frozen and are never chosen again. */
  | { readonly action: "update" }
  /** The runtime process of an idle environment or of the one in flight dies; the environment stays. */
  | { readonly action: "crash"; readonly selector: Selector };

export type PlanEntry = PlanAction & {
  /** Milliseconds after the start of the run. */
  readonly offsetMs: number;
};

export interface Plan {
  readonly schemaVersion: 1;
  readonly profile: string;
  readonly seed: number;
  readonly durationMs: number;
  readonly intervalMs: number;
  /** Where invocations go when no entry says otherwise. */
  readonly placement: Placement;
  /** Ascending by offsetMs. */
  readonly entries: readonly PlanEntry[];
}

/** The result of one plan entry for one function. It is not part of the plan, since it depends on what existed at that moment. */
export interface AppliedEntry {
  readonly functionName: string;
  /** Index into `Plan.entries`. */
  readonly entry: number;
  readonly result: "applied" | "nothing-to-act-on" | "failed";
  /** ISO 8601 UTC; when the action began and when it was done. */
  readonly from: string;
  readonly to: string;
  /** Log streams of the environments acted on. */
  readonly environments: readonly string[];
  readonly detail: string | null;
}
