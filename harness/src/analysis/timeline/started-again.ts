/**
 * Finds request ids with more than one START. Lambda retries a failed event with the same id, in any free environment, and delivers some
 * events twice. So an earlier try without a line about a failure may have failed or succeeded.
 */
import type { EpochMs } from "../../base/time.ts";
import { later } from "../../base/clocks.ts";
import type { ObservedEnvironment, ObservedInvocation } from "./environment.ts";

/** Returns the latest START of each such id. To save memory, ids are first compared by their hashes. */
export function startedAgain(environments: readonly ObservedEnvironment[]): ReadonlyMap<string, EpochMs> {
  const length = environments.reduce((sum, { invocations }) => sum + invocations.length, 0);
  const keys = new Float64Array(length);
  let place = 0;
  for (const { requestId } of started(environments)) keys[place++] = keyOf(requestId);
  const sorted = keys.subarray(0, place).sort();
  const doubled = new Set<number>();
  for (let index = 1; index < sorted.length; index += 1)
    if (sorted[index] === sorted[index - 1]) doubled.add(sorted[index] as number);
  const latest = new Map<string, EpochMs>();
  const several = new Map<string, EpochMs>();
  if (doubled.size === 0) return several;
  for (const { requestId, start } of started(environments)) {
    if (start === null || !doubled.has(keyOf(requestId))) continue;
    const before = latest.get(requestId);
    if (before !== undefined) several.set(requestId, later(before, start));
    latest.set(requestId, later(before ?? start, start));
  }
  return several;
}

function* started(
  environments: readonly ObservedEnvironment[],
): Generator<Pick<ObservedInvocation, "requestId" | "start">> {
  for (const { invocations } of environments)
    for (const invocation of invocations) if (invocation.start !== null) yield invocation;
}

/** Combines two hashes of the text in one whole number of 52 bits, which a JavaScript number holds exactly. */
function keyOf(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0);
}
