/** Lambda ends the Init of an on-demand function after this time. */
export const INIT_MS_MAX = 10_000;

/** If the peer has not answered this long after the connect began, the shipped functions by default give up the attempt to reach it. */
export const ATTEMPT_MS_MAX = 2_000;
