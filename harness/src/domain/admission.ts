/** What a peer does with a connection that it cannot serve: refuse it, let it wait, or serve it instead of an earlier one. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";
