/** How late our own processes write and act, on one machine. For what turns lines into facts. */
import type { Lag } from "../../../src/theory/model/lags.ts";

/** From the FIN that the link sends until the system of the peer has it. */
export const ARRIVES: Lag = { usual: 1, neverBeyond: 100, source: "assumed" };

/**
 * From the moment at which a process of ours (the link, our own peer) has something to read until it has read it and has acted. A busy
 * machine does not run the process for so long.
 */
export const RUNS: Lag = {
  usual: 1,
  neverBeyond: 5_000,
  source: "measured: 2,300 ms with three soaks and 20 busy processes on two cores",
};
