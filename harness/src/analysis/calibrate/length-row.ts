/**
 * Computes the quartiles of observed lengths. The value is the Kaplan-Meier estimate, in which an open length (one that had not ended when
 * its observation ended) counts until then. The lower bound of the interval counts every length as short as it can be, and the upper bound
 * as long as it can be.
 */
import type { Figure, LengthRow } from "../../result/calibration.ts";
import { quantileInterval } from "../verdict/intervals.ts";
import { isOpen, type Length } from "./length.ts";

export function lengthRow(lengths: readonly Length[]): LengthRow {
  const open = lengths.filter(isOpen).length;
  return {
    observed: lengths.length - open,
    open,
    quartilesMs: [quantile(lengths, 0.25), quantile(lengths, 0.5), quantile(lengths, 0.75)],
  };
}

function quantile(lengths: readonly Length[], probability: number): Figure {
  const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
  const { low } = quantileInterval(ascending(lengths.map((one) => one.low)), probability);
  const { high } = quantileInterval(ascending(lengths.map((one) => one.high)), probability);
  return { value: estimate(lengths, probability), low, high: high === Infinity ? null : high };
}

/**
 * Returns the shortest length that is exceeded by at most the share 1 − `probability` of all lengths. Null if too many lengths are open.
 */
function estimate(lengths: readonly Length[], probability: number): number | null {
  const placed = lengths
    .map((one) => ({ open: isOpen(one), at: isOpen(one) ? one.low : (one.low + one.high) / 2 }))
    // Of an open and a complete length with the same value, the open one counts as longer.
    .sort((one, other) => (one.at === other.at ? Number(one.open) - Number(other.open) : one.at - other.at));
  let longer = 1;
  for (const [index, { open, at }] of placed.entries()) {
    if (open) continue;
    longer *= 1 - 1 / (placed.length - index);
    if (longer <= 1 - probability + 1e-9) return at;
  }
  return null;
}
