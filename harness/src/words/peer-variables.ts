/** The default names of the variables in which a function finds its peer. */
export const PEER_VARIABLES = { host: "PEER_HOST", port: "PEER_PORT" } as const;
/** The variable that says what a shipped function speaks with its peer. */
export const PEER_PROTOCOL = "PEER_PROTOCOL";
