/** What a peer with one place does with a second connection: turn it away, let it wait, or serve it in place of the first. */
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export type Admission = (typeof ADMISSIONS)[number];

export const DEFAULT_ADMISSION: Admission = "refuse";
