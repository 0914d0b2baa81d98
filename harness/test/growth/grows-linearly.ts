/**
 * Finds texts for which a reader's time grows faster than their length. Compared are processor times of this process for texts of different
 * lengths, and only if they are long enough to measure. On a text of eight times the length, a linear reader needs eight times as long, a
 * quadratic one sixty-four times. A linear reader can come near that once: where the text becomes so long that the memory of its objects is
 * collected meanwhile, in a process that holds much besides. So the time must also grow too fast from there to twice that length.
 */
import { cpuUsage } from "node:process";
import type { HostileLine } from "./hostile-lines.ts";

/** A quadratic reader needs more than `MEASURABLE_MS` for one of these lengths, and then at most seconds for the longest text. */
const LENGTHS = [10, 11, 12, 13, 14, 15].map((power) => 1 << power);
const MEASURABLE_MS = 20;
/** Each step is to a text so many times as long, for which no linear reader needs more than `most` times as long. */
const STEPS = [
  { longer: 8, most: 28 },
  { longer: 2, most: 3 },
];
/** A busy machine makes single times longer, never shorter, so a suspicious time is the least of several. */
const ROUNDS_MAX = 4;

/** Returns the lines for which the reader's time does not grow in proportion. */
export function linesThatGrow(
  read: (text: string) => unknown,
  lines: readonly HostileLine[],
  lengths: readonly number[] = LENGTHS,
): readonly string[] {
  return lines.flatMap((line) => {
    let length = lengths.find((one) => timeOf(read, line.ofLength(one)) > MEASURABLE_MS);
    if (length === undefined) return [];
    const times: string[] = [];
    for (const { longer, most } of STEPS) {
      const [short, long] = timesOf(read, line, length, longer, most);
      if (!growsTooFast(short, long, most)) return [];
      times.push(
        `${short.toFixed(0)} ms for ${length} characters, ${long.toFixed(0)} ms for ${longer} times as many`,
      );
      length *= longer;
    }
    return [`${line.says}: ${times.join("; ")}`];
  });
}

/** The least times for a text of this length and one that is longer, measured again while they are suspicious. */
function timesOf(
  read: (text: string) => unknown,
  line: HostileLine,
  length: number,
  longer: number,
  most: number,
): readonly [short: number, long: number] {
  let [short, long] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    short = Math.min(short, timeOf(read, line.ofLength(length)));
    long = Math.min(long, timeOf(read, line.ofLength(length * longer)));
    if (!growsTooFast(short, long, most)) break;
  }
  return [short, long];
}

function growsTooFast(short: number, long: number, most: number): boolean {
  return long / Math.max(short, MEASURABLE_MS / 2) > most;
}

function timeOf(read: (text: string) => unknown, text: string): number {
  const before = cpuUsage();
  read(text);
  const { user, system } = cpuUsage(before);
  return (user + system) / 1_000;
}
