/** Where the functions of a run are. */
export const TARGETS = ["local", "aws"] as const;
export type RunTarget = (typeof TARGETS)[number];

/** What a result is about. `logs`: exported logs, which do not say where they were written. */
export const JUDGED_TARGETS = [...TARGETS, "logs"] as const;
export type JudgedTarget = (typeof JUDGED_TARGETS)[number];
