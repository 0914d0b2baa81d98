/**
 * How execution environments of the local engine are isolated: with mounts of their own, or only as processes with folders of their own.
 */
const ISOLATIONS = ["namespaces", "none"] as const;
export type IsolationKind = (typeof ISOLATIONS)[number];

/** The kinds that a user may choose. `auto` takes the first kind that the machine allows. */
export const WANTED_ISOLATIONS = ["auto", ...ISOLATIONS] as const;
export type WantedIsolation = (typeof WANTED_ISOLATIONS)[number];
