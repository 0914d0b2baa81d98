/** The arguments of `npm run mutants`. */
import { parseArgs } from "node:util";
import { isRoom, JUDGING_ROOMS } from "./rooms.ts";

export interface MutantOptions {
  readonly rooms: readonly string[];
  readonly sample: number;
  readonly seed: number;
}

const USAGE = "usage: npm run mutants -- [ROOM] [--sample 200] [--seed 1]";

/** Returns all problems at once. */
export function parseMutantOptions(
  given: readonly string[],
): MutantOptions | { readonly problems: readonly string[] } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...given],
      allowPositionals: true,
      options: { sample: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
    });
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error), USAGE] };
  }
  const { values, positionals } = parsed;
  const [room, ...more] = positionals;
  const problems = [
    ...(/^[1-9]\d{0,5}$/.test(values.sample)
      ? []
      : [`--sample ${values.sample}: expected a whole number from 1 to 999999`]),
    ...(/^\d{1,9}$/.test(values.seed)
      ? []
      : [`--seed ${values.seed}: expected a whole number from 0 to 999999999`]),
    ...(more.length === 0 ? [] : [`${positionals.join(" ")}: expected one room`]),
    ...(room === undefined || isRoom(room)
      ? []
      : [
          `${room}: expected a folder below harness/src that has tests below harness/test, such as analysis/verdict`,
        ]),
  ];
  if (problems.length > 0) return { problems: [...problems, USAGE] };
  const rooms = room === undefined ? JUDGING_ROOMS : [room];
  return { rooms, sample: Number(values.sample), seed: Number(values.seed) };
}
