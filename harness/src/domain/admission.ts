/** What a peer that serves one connection at a time does with a second connection: refuse it, let it wait, or serve it instead of the first. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";
