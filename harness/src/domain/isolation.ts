/** What keeps execution environments of the local engine apart: mounts of their own, or only processes and folders. */
export const ISOLATIONS = ["namespaces", "none"] as const;
export type IsolationKind = (typeof ISOLATIONS)[number];

/** What may be asked for; `auto` takes the first one that the machine allows. */
export const WANTED_ISOLATIONS = ["auto", ...ISOLATIONS] as const;
export type WantedIsolation = (typeof WANTED_ISOLATIONS)[number];
