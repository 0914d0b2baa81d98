export const TARGETS = ["local", "aws"] as const;
export type RunTarget = (typeof TARGETS)[number];

/** Exported logs (`logs`) do not show where they were written. */
export const JUDGED_TARGETS = [...TARGETS, "logs"] as const;
export type JudgedTarget = (typeof JUDGED_TARGETS)[number];
