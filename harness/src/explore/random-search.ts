/**
 * Plays longer random schedules and shrinks one that breaks the function. Each draw is a step's name and a number, and the number selects one
 * of the steps of that name that are legal at that point. So the schedule stays legal when the shrinker removes a draw.
 */
import fc from "fast-check";
import type { ScheduledLever } from "../words/lever.ts";
import type { Outcome } from "./breadth-first.ts";
import { stepsOfLevers } from "./lever-steps.ts";
import { EMPTY_MODEL, firstIllegal, legalSteps, play } from "./schedule-model.ts";
import type { ScheduleStep, StepName } from "./schedule.ts";

export interface StepRequest {
  readonly step: StepName;
  /** Selects one of the legal steps of that name. */
  readonly pick: number;
}

export interface RandomSearchOptions {
  readonly runs: number;
  readonly seed: number;
  /** Schedules up to this length were played before this search. */
  readonly knownDepth: number;
  readonly lengthMax: number;
  readonly jobs: number;
  /** With levers, only schedules of their steps are played. */
  readonly levers?: readonly ScheduledLever[];
  readonly signal: AbortSignal;
  play(steps: readonly ScheduleStep[]): Promise<Outcome>;
  readonly progress: (state: { readonly runs: number; readonly of: number }) => void;
}

export interface RandomSearchResult {
  readonly runs: number;
  /** The schedule that breaks the function. Null if none was found. */
  readonly breaking: readonly ScheduleStep[] | null;
}

/** Steps that act on environments are drawn more often than those that only change the conditions. */
const STEP_WEIGHTS: Readonly<Record<Exclude<StepName, LeverOnly>, number>> = {
  "initialise-ahead": 3,
  invoke: 6,
  "invoke-and-end": 3,
  "time-out": 1,
  retire: 2,
  crash: 2,
  "freeze-long": 1,
  update: 2,
  "peer-drops": 1,
  "peer-slow": 1,
};
/** Only a search with levers has these steps. */
type LeverOnly = "invoke-version" | "provision";
const PICK_MAX = 12;

export async function randomSearch(options: RandomSearchOptions): Promise<RandomSearchResult> {
  const found = new AbortController();
  const stopped = (): boolean => options.signal.aborted || found.signal.aborted;
  let runs = 0;
  const worker = async (index: number, share: number): Promise<readonly ScheduleStep[] | null> => {
    let mine = false;
    const details = await fc.check(
      fc.asyncProperty(stepRequests(options.lengthMax, options.levers), async (drawn) => {
        // Only the worker that found the first breaking schedule goes on, to shrink it.
        if (options.signal.aborted || (found.signal.aborted && !mine)) return true;
        const steps = stepsOf(drawn, options.levers);
        if (steps.length <= options.knownDepth) return true;
        const { harmed } = await options.play(steps);
        runs += 1;
        options.progress({ runs: Math.min(runs, options.runs), of: options.runs });
        if (harmed && !stopped()) {
          mine = true;
          found.abort();
        }
        return !(harmed && mine);
      }),
      { numRuns: share, seed: options.seed + index },
    );
    const counterexample = details.counterexample?.[0];
    return details.failed && counterexample !== undefined ? stepsOf(counterexample, options.levers) : null;
  };
  const jobs = Math.max(1, Math.min(options.jobs, options.runs));
  const results = await Promise.all(
    Array.from({ length: jobs }, (_, index) => worker(index, Math.ceil(options.runs / jobs))),
  );
  const [breaking] = results
    .filter((steps) => steps !== null)
    .sort((one, other) => one.length - other.length);
  return { runs, breaking: breaking === undefined ? null : await removeUnneededSteps(breaking, options) };
}

/** Tries to leave out each step once more, because the shrinker removes several draws at a time and may leave steps that are not needed. */
async function removeUnneededSteps(
  steps: readonly ScheduleStep[],
  options: RandomSearchOptions,
): Promise<readonly ScheduleStep[]> {
  let shortest = steps;
  for (let index = shortest.length - 1; index >= 0 && !options.signal.aborted; index -= 1) {
    const shorter = shortest.filter((_, at) => at !== index);
    if (shorter.length <= options.knownDepth || firstIllegal(shorter) !== null) continue;
    if ((await options.play(shorter)).harmed) shortest = shorter;
  }
  return shortest;
}

export function stepRequests(
  lengthMax: number,
  levers: readonly ScheduledLever[] = [],
): fc.Arbitrary<readonly StepRequest[]> {
  const names =
    levers.length === 0
      ? (Object.entries(STEP_WEIGHTS) as readonly (readonly [StepName, number])[])
      : stepsOfLevers(levers).map(({ step }) => [step, 1] as const);
  const step = fc.oneof(...names.map(([name, weight]) => ({ arbitrary: fc.constant(name), weight })));
  return fc.array(fc.record({ step, pick: fc.nat(PICK_MAX) }), {
    minLength: 1,
    maxLength: lengthMax,
    size: "max",
  });
}

export function stepsOf(
  drawn: readonly StepRequest[],
  levers: readonly ScheduledLever[] = [],
): readonly ScheduleStep[] {
  let model = EMPTY_MODEL;
  const steps: ScheduleStep[] = [];
  for (const { step: name, pick } of drawn) {
    const candidates = legalSteps(model, levers).filter(({ step }) => step === name);
    const step = candidates[pick % Math.max(1, candidates.length)];
    if (step === undefined) continue;
    const move = play(model, step);
    if (!move.legal) continue;
    model = move.state;
    steps.push(step);
  }
  return steps;
}
