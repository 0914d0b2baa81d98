/** Compares two results and says what changed. Other differences between the runs become caveats, because they can be the real cause. */
import { wrongInput, type LongrunError } from "../../base/errors.ts";
import { caveat, type Caveat } from "../../result/findings/comparison-caveats.ts";
import { exposuresAreUncountable } from "../../result/findings/exposures-uncountable.ts";
import type { JudgedComparison } from "../../result/run-comparison.ts";
import { DEFAULT_CAPACITY } from "../../words/capacity.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { PlacesResult } from "../../result/peer-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import { parseIsoTime } from "../../base/time.ts";
import { compareFunctions, type PlacedFunction } from "./compare-functions.ts";
import { CONFIDENCE } from "../verdict/intervals.ts";

export function compareRuns(before: RunResult, after: RunResult): JudgedComparison {
  const pairs = pairsOf(before, after);
  refuse(before, after, pairs);
  const names = (result: RunResult, paired: readonly PlacedFunction[]): readonly string[] =>
    result.functions.filter((_, index) => paired.every((one) => one.index !== index)).map(({ name }) => name);
  return {
    schemaVersion: 1,
    confidence: CONFIDENCE,
    before: before.run,
    after: after.run,
    functions: pairs.map(([first, second]) => compareFunctions(first, second)),
    onlyBefore: names(
      before,
      pairs.map(([first]) => first),
    ),
    onlyAfter: names(
      after,
      pairs.map(([, second]) => second),
    ),
    caveats: [...runCaveats(before.run, after.run), ...pairs.flatMap(functionCaveats)],
  };
}

type Pair = readonly [before: PlacedFunction, after: PlacedFunction];

/** Pairs functions by name. If each run has only one function, their names may differ. */
function pairsOf(before: RunResult, after: RunResult): readonly Pair[] {
  const [first, ...others] = before.functions;
  const [second, ...more] = after.functions;
  if (first !== undefined && second !== undefined && others.length === 0 && more.length === 0)
    return [
      [
        { index: 0, result: first },
        { index: 0, result: second },
      ],
    ];
  return before.functions.flatMap((result, index): readonly Pair[] => {
    const partner = after.functions.findIndex(({ name }) => name === result.name);
    const found = after.functions[partner];
    return found === undefined
      ? []
      : [
          [
            { index, result },
            { index: partner, result: found },
          ],
        ];
  });
}

function refuse(before: RunResult, after: RunResult, pairs: readonly Pair[]): void {
  if (before.run.id === after.run.id && before.run.from === after.run.from)
    throw refusal(
      `both are the run ${before.run.id}`,
      "Give the run before the change first, and the one after it to --compare.",
    );
  if (before.run.target !== after.run.target)
    throw refusal(
      `one ${TARGET[before.run.target]}, the other ${TARGET[after.run.target]}, and the timing of execution environments differs between the two`,
      "Compare two runs of the same target.",
    );
  if (pairs.length === 0)
    throw refusal(
      `they have no function name in common (${namesOf(before)}; ${namesOf(after)})`,
      "Functions are paired by name, except if each run has only one function. With soak --function LABEL=NAME the function NAME is called LABEL in the result.",
    );
  for (const [run, result] of pairs.flatMap(
    ([first, second]) =>
      [
        [before, first.result],
        [after, second.result],
      ] as const,
  ))
    if (result.invocationList.length === 0)
      throw refusal(
        `${result.name} was never invoked in run ${run.run.id}`,
        "A run that was stopped before its first invocation shows nothing.",
      );
}

const TARGET = {
  local: "ran on the local engine",
  aws: "ran on AWS Lambda",
  logs: "comes from logs alone",
} as const;

function refusal(why: string, hint: string): LongrunError {
  return wrongInput(`These runs cannot be compared: ${why}.`, { hint });
}

function namesOf({ run, functions }: RunResult): string {
  return `${run.id} has ${functions.length === 0 ? "none" : functions.map(({ name }) => name).join(", ")}`;
}

function runCaveats(before: RunResult["run"], after: RunResult["run"]): readonly Caveat[] {
  const [first, second] = [before.from, after.from].map((text) =>
    text === null ? null : parseIsoTime(text),
  );
  const caveats: Caveat[] = [];
  if (first != null && second != null && second < first) caveats.push(caveat("runs-swapped"));
  if (before.platform !== after.platform)
    caveats.push(
      isNamedPlatform(before.platform) && isNamedPlatform(after.platform)
        ? caveat("platforms-differ", { before: before.platform, after: after.platform })
        : caveat("own-platforms-differ"),
    );
  if (before.seed !== after.seed)
    caveats.push(caveat("seeds-differ", { before: before.seed, after: after.seed }));
  if (before.durationMs !== after.durationMs)
    caveats.push(caveat("durations-differ", { before: before.durationMs, after: after.durationMs }));
  if (before.intervalMs !== after.intervalMs)
    caveats.push(caveat("intervals-differ", { before: before.intervalMs, after: after.intervalMs }));
  for (const { id, status } of [before, after])
    if (status !== null && status !== "ended") caveats.push(caveat("run-not-ended", { run: id, status }));
  return caveats;
}

function isNamedPlatform(platform: string | null): boolean {
  return platform === null || /^[a-z][a-z0-9-]*$/.test(platform);
}

function functionCaveats([{ result: before }, { result: after }]: Pair): readonly Caveat[] {
  const caveats: Caveat[] = [];
  if (before.name !== after.name)
    caveats.push(caveat("names-differ", { before: before.name, after: after.name }));
  caveats.push(...exposureCaveats(before, "before"), ...exposureCaveats(after, "after"));
  if ((before.invocationsCondensed ?? 0) + (after.invocationsCondensed ?? 0) > 0)
    caveats.push(caveat("latencies-not-listed", { name: after.name }));
  if (before.reservedConcurrency !== after.reservedConcurrency)
    caveats.push(
      caveat("reserved-concurrency-differs", {
        name: after.name,
        before: before.reservedConcurrency,
        after: after.reservedConcurrency,
      }),
    );
  return [...caveats, ...capacityCaveats(before, after)];
}

function exposureCaveats(
  { name, exposure, findings }: FunctionResult,
  when: "before" | "after",
): readonly Caveat[] {
  if (exposure.total > 0) return [];
  return [
    caveat(exposuresAreUncountable(findings) ? "exposures-uncountable" : "no-exposure", { name, when }),
  ];
}

/** Results of older versions have no `places`, because every peer had one place. */
const PLACES_BEFORE: PlacesResult = { capacity: DEFAULT_CAPACITY, peakPlaces: null };

function capacityCaveats(before: FunctionResult, after: FunctionResult): readonly Caveat[] {
  const [first, second] = [capacitiesOf(before), capacitiesOf(after)];
  return [...first].flatMap(([peer, places]) => {
    const later = second.get(peer);
    return later === undefined || later === places
      ? []
      : [caveat("capacities-differ", { name: after.name, peer, before: places, after: later })];
  });
}

/** The key is the name of the peer, or null if the function has one peer. */
function capacitiesOf({
  peers = [],
  places = PLACES_BEFORE,
}: FunctionResult): ReadonlyMap<string | null, number | null> {
  return peers.length === 0
    ? new Map([[null, places.capacity]])
    : new Map(peers.map(({ name, capacity }) => [name, capacity]));
}
