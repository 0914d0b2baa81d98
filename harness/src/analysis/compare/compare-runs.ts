/**
 * Two results → what changed, as far as the two runs can show it. Refuses runs that have nothing to compare; what else differs between
 * them is said, since a difference may come from there.
 */
import { LongrunError } from "../../domain/errors.ts";
import type { RunComparison } from "../../domain/run-comparison.ts";
import type { FunctionResult, RunResult } from "../../domain/run-result.ts";
import { durationMs, formatDuration, parseIsoTime } from "../../units/time.ts";
import { compareFunctions, type Placed } from "./compare-functions.ts";
import { CONFIDENCE } from "../verdict/intervals.ts";

export function compareRuns(before: RunResult, after: RunResult): RunComparison {
  const pairs = pairsOf(before, after);
  refuse(before, after, pairs);
  const names = (result: RunResult, paired: readonly Placed[]): readonly string[] =>
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

type Pair = readonly [before: Placed, after: Placed];

/** By name; the only function of a run is paired with the only one of the other, whatever they are called. */
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
      `one ran on ${TARGET[before.run.target]}, the other on ${TARGET[after.run.target]}: the local engine's environments come, go and answer at another pace`,
      "Compare two runs of the same target.",
    );
  if (pairs.length === 0)
    throw refusal(
      `no function of one has its name in the other (${namesOf(before)}; ${namesOf(after)})`,
      "Functions are paired by name, or the only ones of each run; soak --function LABEL=NAME gives a name.",
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
        "A run that was stopped before it drove shows nothing.",
      );
}

const TARGET = { local: "the local engine", aws: "AWS Lambda", logs: "logs alone" } as const;

function refusal(why: string, hint: string): LongrunError {
  return new LongrunError("usage", `These runs cannot be compared: ${why}.`, { hint });
}

function namesOf({ run, functions }: RunResult): string {
  return `${run.id} has ${functions.length === 0 ? "none" : functions.map(({ name }) => name).join(", ")}`;
}

function runCaveats(before: RunResult["run"], after: RunResult["run"]): readonly string[] {
  const [first, second] = [before.from, after.from].map((text) =>
    text === null ? null : parseIsoTime(text),
  );
  const length = (value: number | null): string =>
    value === null ? "unknown" : formatDuration(durationMs(value));
  const differing = (what: string, left: string, right: string): string =>
    left === right ? "" : `The runs differ in ${what}: ${left} before, ${right} after.`;
  return [
    first != null && second != null && second < first
      ? "The run given as after began before the other one: swap the two if that is not what you meant."
      : "",
    before.platform === after.platform || (isName(before.platform) && isName(after.platform))
      ? differing("platform", before.platform ?? "none", after.platform ?? "none")
      : "The runs differ in platform: at least one had a profile of its own.",
    differing("seed", String(before.seed ?? "none"), String(after.seed ?? "none")),
    differing("length", length(before.durationMs), length(after.durationMs)),
    differing("interval", length(before.intervalMs), length(after.intervalMs)),
    ...[before, after].map(({ id, status }) =>
      status === null || status === "ended"
        ? ""
        : `Run ${id} did not end as planned (${status}): it is compared as it is.`,
    ),
  ].filter((text) => text !== "");
}

function isName(platform: string | null): boolean {
  return platform === null || /^[a-z][a-z0-9-]*$/.test(platform);
}

function functionCaveats([before, after]: Pair): readonly string[] {
  const [first, second] = [before.result, after.result];
  const silent = (one: FunctionResult, when: string): string =>
    one.exposure.total > 0
      ? ""
      : `${one.name} had no exposure ${when}: the hazard never happened, so that run shows nothing about it.`;
  return [
    first.name === second.name
      ? ""
      : `${first.name} before is compared with ${second.name} after: each is the only function of its run.`,
    silent(first, "before"),
    silent(second, "after"),
    first.reservedConcurrency === second.reservedConcurrency
      ? ""
      : `${second.name} had another reserved concurrency: ${first.reservedConcurrency ?? "unknown"} before, ${second.reservedConcurrency ?? "unknown"} after.`,
  ].filter((text) => text !== "");
}
