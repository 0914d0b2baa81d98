/**
 * Plays every schedule up to the depth. If none of them did harm, plays random longer ones. A schedule that did harm is played again,
 * alone.
 */
import { availableParallelism } from "node:os";
import { wrongInput } from "../base/errors.ts";
import type { ScheduledLever } from "../words/lever.ts";
import type { Clock } from "../run/ports/clock.ts";
import { breadthFirst, type BreadthFirstResult, type SearchProgress } from "./breadth-first.ts";
import { checkHandler } from "./check-handler.ts";
import { confirmSchedule, type FoundSchedule } from "./confirm-schedule.ts";
import { estimate, type Estimate } from "./estimate.ts";
import { InvocationTally, type InvocationCounts } from "./invocation-tally.ts";
import { playSchedule, type Played, type PlayOptions } from "./play-schedule.ts";
import { randomSearch, type RandomSearchResult } from "./random-search.ts";
import type { ScheduleStep } from "./schedule.ts";
import type { Stage } from "./stage.ts";

export interface ExploreOptions extends PlayOptions {
  readonly depth: number;
  /** How many longer random schedules are played if no shorter schedule breaks the function. */
  readonly runs: number;
  readonly seed: number;
  /** With levers, only schedules that the Lambda API can make happen are played (lever-steps.ts). */
  readonly levers?: readonly ScheduledLever[];
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly onEvent: (event: ExploreEvent) => void;
}

export type ExploreEvent =
  | { readonly event: "estimate"; readonly estimate: Estimate; readonly schedulesPerSecond: number }
  | ({ readonly event: "level" } & SearchProgress)
  | { readonly event: "random"; readonly runs: number; readonly of: number };

export interface ExploreResult {
  readonly search: BreadthFirstResult;
  readonly random: RandomSearchResult | null;
  readonly found: FoundSchedule | null;
  readonly invocations: InvocationCounts;
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** True if the search found nothing and all its invocations failed. Such a search does not show that the function works. */
export function showsNothing({ found, invocations }: Pick<ExploreResult, "found" | "invocations">): boolean {
  return found === null && invocations.succeeded === 0 && invocations.failed > 0;
}

/** A schedule mostly waits for processes and time-outs, so several run per processor. */
const JOBS_PER_PROCESSOR = 4;
const HOURS_AT_MOST = 24;
const LONGER_BY = 6;
/** How many of the breaking schedules are played again, to find one that breaks the function every time. */
const CANDIDATES = 3;

/** How many schedules are played at a time. */
export function schedulesAtATime(): number {
  return JOBS_PER_PROCESSOR * availableParallelism();
}

export async function explore(stage: Stage, options: ExploreOptions): Promise<ExploreResult> {
  const started = options.clock.monotonic();
  const jobs = schedulesAtATime();
  const tally = new InvocationTally();
  const play = async (steps: readonly ScheduleStep[]): Promise<Played> => {
    const played = await playSchedule(stage, steps, options);
    for (const { outcome } of played.steps) if (outcome !== null) tally.add(outcome);
    return played;
  };
  await checkHandler(stage, options);
  await reportEstimate(options, jobs, play);
  const { signal, onEvent, levers = [] } = options;
  const search = await breadthFirst(options.depth, {
    play,
    jobs,
    levers,
    signal,
    progress: (state) => onEvent({ event: "level", ...state }),
  });
  const wantsMore = search.breaking.length === 0 && options.runs > 0 && !signal.aborted;
  const random = !wantsMore
    ? null
    : await randomSearch({
        runs: options.runs,
        seed: options.seed,
        knownDepth: search.completeDepth,
        lengthMax: search.completeDepth + LONGER_BY,
        jobs,
        levers,
        signal,
        play,
        progress: (state) => onEvent({ event: "random", ...state }),
      });
  const candidates = [
    ...search.breaking.slice(0, CANDIDATES),
    ...(random?.breaking == null ? [] : [random.breaking]),
  ];
  const found = await confirmSchedule(candidates, search, play);
  return {
    search,
    random,
    found,
    invocations: tally.counts(),
    interrupted: signal.aborted,
    seconds: (options.clock.monotonic() - started) / 1_000,
  };
}

async function reportEstimate(
  options: ExploreOptions,
  jobs: number,
  play: (steps: readonly ScheduleStep[]) => Promise<Played>,
): Promise<void> {
  const expected = estimate(options.depth, options.levers);
  const before = options.clock.monotonic();
  const trial: readonly ScheduleStep[] = [
    { step: "initialise-ahead" },
    { step: "invoke", environment: "new" },
  ];
  await Promise.all(Array.from({ length: jobs }, () => play(trial)));
  const schedulesPerSecond = (jobs * 1_000) / Math.max(1, options.clock.monotonic() - before);
  const hours = expected.least / schedulesPerSecond / 3_600;
  if (hours > HOURS_AT_MOST) {
    throw wrongInput(
      `--depth ${options.depth}: at least ${expected.least.toLocaleString("en")} schedules, about ${Math.round(hours).toLocaleString("en")} hours at ${schedulesPerSecond.toFixed(0)} a second on this machine; expected at most ${HOURS_AT_MOST} hours.`,
      {
        hint: "Use a smaller --depth, and --runs for longer random schedules.",
      },
    );
  }
  options.onEvent({ event: "estimate", estimate: expected, schedulesPerSecond });
}
