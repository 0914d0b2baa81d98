/**
 * The plan: what the local platform will do to environments. It is drawn before the start from profile, seed, duration and interval. It
 * names positions, never ids or measured times, so it is the same for every function.
 */
export const PLATFORM_PROFILES = ["calm", "typical", "hostile", "partition"] as const;
export type PlatformProfileName = (typeof PLATFORM_PROFILES)[number];

export const DEFAULT_PROFILE: PlatformProfileName = "typical";

/** Which idle environment of the current generation gets an invocation. `new`: none of them, but a new environment. */
export const PLACEMENTS = ["most-recent", "oldest", "newest", "new"] as const;
export type Placement = (typeof PLACEMENTS)[number];

export const DEFAULT_PLACEMENT: Placement = "most-recent";

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

export interface ActionMembers {
  readonly environments?: number;
  readonly selector: Selector;
  readonly ending: Ending;
  readonly placement: Placement;
}

/** Each action with its members. The control API, profile files and `longrun redact` read this table. */
export const PLAN_ACTIONS = {
  /** Initialise environments although no invocation waits. If `environments` is absent, initialise one. */
  "initialise-ahead": ["environments"],
  /**
   * One step with four actions (docs/contracts.md#the-platform): retire all environments by FIN, initialise ahead, place the next
   * invocation in a new environment, and later retire what was initialised ahead.
   */
  "ahead-elsewhere": ["environments"],
  retire: ["selector", "ending"],
  /** Applies to the next invocation only. */
  "place-next": ["placement"],
  /** An update of code or configuration begins a new generation. The old environments stay frozen and are never chosen again. */
  update: [],
  /** The runtime process of an environment that is idle or in flight dies. The environment stays. */
  crash: ["selector"],
} as const satisfies Readonly<Record<string, readonly (keyof ActionMembers)[]>>;
type ActionName = keyof typeof PLAN_ACTIONS;

export type PlanAction = {
  readonly [Name in ActionName]: { readonly action: Name } & Pick<
    ActionMembers,
    (typeof PLAN_ACTIONS)[Name][number]
  >;
}[ActionName];

export const ACTION_NAMES = Object.keys(PLAN_ACTIONS) as readonly ActionName[];

/** Returns the values in `by` for those members that the action has. */
export function forMembers<Value>(
  action: ActionName,
  by: Readonly<Partial<Record<keyof ActionMembers, Value>>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    PLAN_ACTIONS[action].flatMap((member) => {
      const value = by[member];
      return value === undefined ? [] : [[member, value]];
    }),
  );
}

export type PlanEntry = PlanAction & {
  /** Milliseconds after the start of the run. */
  readonly offsetMs: number;
};

/** A longer plan would need more memory than a laptop has. */
export const PLAN_ENTRIES_MAX = 1_000_000;

export const APPLIED_RESULTS = ["applied", "nothing-to-act-on", "failed"] as const;
