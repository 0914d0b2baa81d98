/** Lambda ends the Init of an on-demand function after this time. */
export const INIT_MS_MAX = 10_000;

/** By default, the shipped functions give up an attempt to reach the peer if the peer has not answered this long after the connect began. */
export const ATTEMPT_MS_MAX = 2_000;
