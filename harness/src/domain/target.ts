/** Where the functions of a run are. */
export const TARGETS = ["local", "aws"] as const;
export type RunTarget = (typeof TARGETS)[number];

/** What was judged: a local run, a run on AWS, or `logs`. Exported logs do not show where they were written. */
export const JUDGED_TARGETS = [...TARGETS, "logs"] as const;
export type JudgedTarget = (typeof JUDGED_TARGETS)[number];
