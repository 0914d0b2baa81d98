import type { CaveatParameters } from "../../result/findings/comparison-caveats.ts";
import type { JudgedComparison, RunComparison } from "../../result/run-comparison.ts";
import { durationMs, formatDuration } from "../../base/time.ts";
import { plainNaming } from "./naming.ts";
import { inWords, type Clauses } from "./wording.ts";

export function describeComparison(compared: JudgedComparison): RunComparison {
  return { ...compared, caveats: compared.caveats.map((one) => inWords(CAVEATS, one, plainNaming("logs"))) };
}

const CAVEATS: Clauses<CaveatParameters> = {
  "runs-swapped":
    "The run given as after began before the run given as before: swap them if you did not mean this.",
  "platforms-differ": ({ before, after }) => differ("platform", before ?? "none", after ?? "none"),
  "own-platforms-differ": "The runs differ in platform: at least one used a profile from a file.",
  "seeds-differ": ({ before, after }) => differ("seed", before ?? "none", after ?? "none"),
  "durations-differ": ({ before, after }) => differ("length", lengthOf(before), lengthOf(after)),
  "intervals-differ": ({ before, after }) => differ("interval", lengthOf(before), lengthOf(after)),
  "run-not-ended": ({ run, status }) =>
    `Run ${run} did not end as planned (${status}), but is compared anyway.`,
  "names-differ": ({ before, after }) =>
    `Function ${before} (before) is compared with function ${after} (after): each is the only function of its run.`,
  "no-exposure": ({ name, when }) =>
    `${name} had no exposure ${when}: the hazard never happened, so that run shows nothing about it.`,
  "exposures-uncountable": ({ name, when }) =>
    `It is not known whether ${name} had an exposure ${when}, because it is not known how many connections the peer served at one time: give --capacity.`,
  "latencies-not-listed": ({ name }) =>
    `The latencies of ${name} are shown without a difference: in a run with many invocations most of them are only counted.`,
  "reserved-concurrency-differs": ({ name, before, after }) =>
    `${name} had another reserved concurrency: ${before ?? "unknown"} before, ${after ?? "unknown"} after.`,
  "capacities-differ": ({ name, peer, before, after }) =>
    `The ${peer === null ? "peer" : `peer ${peer}`} of ${name} had another number of places: ${before ?? "unknown"} before, ${after ?? "unknown"} after. An exposure needs enough environments to hold all places, so exposures and harm of these runs cannot be compared directly.`,
};

function differ(what: string, before: string | number, after: string | number): string {
  return `The runs differ in ${what}: ${before} before, ${after} after.`;
}

function lengthOf(ms: number | null): string {
  return ms === null ? "unknown" : formatDuration(durationMs(ms));
}
