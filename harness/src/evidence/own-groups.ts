/** Finds functions with a log group of their own. Only their logs can be compared with AWS's metrics, which count the whole function. */
import type { CollectedStream } from "./stream-collector.ts";
import { nameInLabel } from "../words/function-label.ts";
import { accountOfStream } from "../logs/region.ts";
import { namedFunction, UNKNOWN_FUNCTION } from "./name-functions.ts";

/** `all` are all streams that were read, also those of functions that the user did not ask for. */
export function ownGroups(
  all: readonly CollectedStream[],
  functions: ReadonlyMap<string, readonly CollectedStream[]>,
): readonly string[] {
  const namesIn = new Map<string, Set<string>>();
  for (const stream of all) {
    const names = namesIn.get(stream.logGroup ?? "") ?? new Set<string>();
    const name = namedFunction(stream);
    if (name !== null) names.add(name);
    namesIn.set(stream.logGroup ?? "", names);
  }
  return [...functions.keys()].filter((name) => {
    const own = functions.get(name) ?? [];
    // The metrics of another account or Region are not in the account and Region of the log group.
    if (nameInLabel(name) !== name || own.some((stream) => accountOfStream(stream.logStreamName) !== null))
      return false;
    const groups = new Set(own.map(({ logGroup }) => logGroup));
    const [group] = groups;
    if (name === UNKNOWN_FUNCTION || groups.size !== 1 || group == null) return false;
    return [...(namesIn.get(group) ?? [])].every((one) => one === name);
  });
}
