/**
 * Finds texts for which a reader's time grows faster than their length. Compared are processor times of this process for texts of different
 * lengths, and only if they are long enough to measure. On a text of eight times the length, a linear reader needs eight times as long (more if
 * it makes so many objects that their memory is collected meanwhile), a quadratic one sixty-four times.
 */
import { cpuUsage } from "node:process";
import type { HostileLine } from "./hostile-lines.ts";

/** A quadratic reader needs more than `MEASURABLE_MS` for one of these lengths, and then at most seconds for eight times the length. */
const LENGTHS = [10, 11, 12, 13, 14, 15].map((power) => 1 << power);
const MEASURABLE_MS = 20;
const TIMES_LONGER = 8;
const GROWTH_MAX = 28;
/** A busy machine makes single times longer, never shorter, so each time is the least of several. Only suspicious ones are measured often. */
const ROUNDS = 1;
const ROUNDS_MAX = 3;

/** Returns the lines for which the reader's time does not grow in proportion. */
export function linesThatGrow(
  read: (text: string) => unknown,
  lines: readonly HostileLine[],
  lengths: readonly number[] = LENGTHS,
): readonly string[] {
  return lines.flatMap((line) => {
    const length = lengths.find((one) => timeOf(read, line.ofLength(one)) > MEASURABLE_MS);
    if (length === undefined) return [];
    let [short, long] = [Infinity, Infinity];
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds += ROUNDS) {
      short = Math.min(short, leastTime(read, line.ofLength(length)));
      long = Math.min(long, leastTime(read, line.ofLength(length * TIMES_LONGER)));
      if (long / Math.max(short, MEASURABLE_MS / 2) <= GROWTH_MAX) break;
    }
    return long / Math.max(short, MEASURABLE_MS / 2) <= GROWTH_MAX
      ? []
      : [
          `${line.says}: ${short.toFixed(0)} ms for ${length} characters, ${long.toFixed(0)} ms for ${TIMES_LONGER} times as many`,
        ];
  });
}

function leastTime(read: (text: string) => unknown, text: string): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => timeOf(read, text)));
}

function timeOf(read: (text: string) => unknown, text: string): number {
  const before = cpuUsage();
  read(text);
  const { user, system } = cpuUsage(before);
  return (user + system) / 1_000;
}
