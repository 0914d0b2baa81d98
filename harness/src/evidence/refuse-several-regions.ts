/**
 * Functions of several Regions can have one name. They are different functions, so an environment of one Region must not be blamed for the
 * failures of another. A stream that does not show its Region is judged with the others.
 */
import { LongrunError } from "../domain/errors.ts";
import { UNKNOWN_FUNCTION } from "./name-functions.ts";
import type { CollectedStream } from "./stream-collector.ts";

export function refuseSeveralRegions(functions: ReadonlyMap<string, readonly CollectedStream[]>): void {
  for (const [name, streams] of functions) {
    const regions = new Set(streams.map(({ region }) => region).filter((region) => region !== null));
    if (regions.size < 2) continue;
    const what = name.startsWith(UNKNOWN_FUNCTION) ? "logs" : `logs of ${name}`;
    throw new LongrunError(
      "usage",
      `expected ${what} from one Region, found ${[...regions].sort().join(", ")}.`,
      {
        hint: "In each Region the function has its own execution environments. Analyze the logs of each Region alone.",
      },
    );
  }
}
