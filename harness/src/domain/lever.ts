/** The levers of `--provoke`: each makes a second execution environment through documented calls of the Lambda API (provoke/). */
export const LEVERS = ["versions", "update", "provisioned"] as const;
export type Lever = (typeof LEVERS)[number];

/** Levers that this version does not have. */
export const LATER_LEVERS = ["tenants", "snapstart"] as const;
