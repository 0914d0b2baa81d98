/** What a peer does with a new connection when no place is free: refuse it, let it wait, or end an earlier connection for it. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";
