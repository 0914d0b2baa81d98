/** The levers of `--provoke`: each makes a second execution environment through documented calls of the Lambda API (provoke/). */
export const LEVERS = ["versions", "update", "provisioned", "tenants"] as const;
export type Lever = (typeof LEVERS)[number];

/** The levers whose steps a schedule can have. */
export const SCHEDULED_LEVERS = ["versions", "update", "provisioned"] as const satisfies readonly Lever[];
export type ScheduledLever = (typeof SCHEDULED_LEVERS)[number];

/** A published version, numbered in the order in which a run publishes them, or the unpublished one. */
export type ScheduleVersion = 1 | 2 | "$LATEST";

/** A step that the Lambda API can make happen. */
export type LeverStep =
  /** The function is invoked by its version. The platform chooses the environment: the oldest idle one of that version, or a new one. */
  | { readonly step: "invoke-version"; readonly version: ScheduleVersion }
  /** A new generation: environments of the old generation are never chosen again and live until they are retired. */
  | { readonly step: "update" }
  /** Provisioned concurrency on a version that nobody invokes: one of its environments runs its Init phase. */
  | { readonly step: "provision" };

/** Levers that this version does not have. */
export const LATER_LEVERS = ["snapstart"] as const;

/** How many tenants the lever `tenants` invokes in turn, if nobody says. */
export const DEFAULT_TENANTS = 2;
