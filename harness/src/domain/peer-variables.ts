/** The variables in which a function finds its peer, unless the user names others. The shipped designs read these. */
export const PEER_VARIABLES = { host: "PEER_HOST", port: "PEER_PORT" } as const;
