/** What a peer does with a connection that it cannot serve: refuse it, let it wait, or serve it instead of an earlier one. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";

/** How many connections our peer serves at the same time by default. */
export const DEFAULT_CAPACITY = 1;
/** The largest capacity. With more places, no function would meet the limit. */
export const CAPACITY_MAX = 1_000;
