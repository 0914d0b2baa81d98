/** How execution environments of the local engine are isolated: with separate mounts, or only as processes with separate folders. */
export const ISOLATIONS = ["namespaces", "none"] as const;
export type IsolationKind = (typeof ISOLATIONS)[number];

/** `auto` takes the first kind that the machine allows. */
export const WANTED_ISOLATIONS = ["auto", ...ISOLATIONS] as const;
export type WantedIsolation = (typeof WANTED_ISOLATIONS)[number];
