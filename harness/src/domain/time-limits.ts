/** Lambda ends the Init of an on-demand function after this time. */
export const INIT_MS_MAX = 10_000;

/** The shipped functions give up an attempt to reach the peer after this time, counted from the connect to the peer's answer. */
export const ATTEMPT_MS_MAX = 2_000;
