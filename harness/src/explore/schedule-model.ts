/**
 * The steps that a schedule may take next, decided by the engine's own state machine. The model assumes that every Init succeeds and that
 * every planned time-out happens. Pure.
 */
import { ENDINGS } from "../record/plan.ts";
import { CREATED, transition, type LifecycleState } from "../engine/lifecycle/environment-state.ts";
import type { LifecycleMove } from "../engine/lifecycle/environment-state.ts";
import type { ScheduledLever, ScheduleVersion } from "../words/lever.ts";
import { stepsOfLevers } from "./lever-steps.ts";
import { type ScheduleStep, type Target } from "./schedule.ts";

interface ModelEnvironment {
  readonly life: LifecycleState;
  readonly version: ScheduleVersion | "provisioned";
  /** False for an older generation, in which no invocation is placed. */
  readonly current: boolean;
}

/** Environment n is at index n − 1. */
export type ModelState = readonly ModelEnvironment[];

export type Move =
  { readonly legal: true; readonly state: ModelState } | { readonly legal: false; readonly why: string };

export const EMPTY_MODEL: ModelState = [];

const INIT: readonly LifecycleMove[] = ["start", "everyone-ready"];
const ANSWERED: readonly LifecycleMove[] = ["answer", "everyone-ready"];
const ENDED: readonly LifecycleMove[] = ["retire", "processes-gone"];
const TIMED_OUT: readonly LifecycleMove[] = ["deadline", "processes-gone"];

export function play(state: ModelState, step: ScheduleStep): Move {
  switch (step.step) {
    case "initialise-ahead":
      return made(state, INIT);
    case "invoke":
      return invoked(state, step.environment, ANSWERED);
    case "invoke-and-end":
      return invoked(state, step.environment, ENDED);
    case "time-out":
      return invoked(state, step.environment, TIMED_OUT);
    case "retire":
      return applyMoves(state, step.environment, ENDED);
    case "crash":
      return applyMoves(state, step.environment, ["process-exit", "processes-gone"]);
    case "update":
      return { legal: true, state: state.map(outdated) };
    case "invoke-version":
      return invoked(state, placedIn(state, step.version), ANSWERED, step.version);
    case "provision":
      return state.some(({ version }) => version === "provisioned")
        ? refuse("a version is provisioned already")
        : made(state, INIT, "provisioned");
    case "freeze-long":
    case "peer-drops":
    case "peer-slow":
      return { legal: true, state };
  }
}

/** The environment in which the platform places an invocation of a version. */
export function placedIn(state: ModelState, version: ScheduleVersion): Target {
  const index = state.findIndex(
    (environment) =>
      environment.version === version && environment.current && environment.life.name === "idle",
  );
  return index === -1 ? "new" : index + 1;
}

/** An update of `$LATEST` leaves published versions as they are. */
function outdated(environment: ModelEnvironment): ModelEnvironment {
  return environment.version === "$LATEST" ? { ...environment, current: false } : environment;
}

/** In a fixed order. With levers, only steps that the Lambda API can make happen (lever-steps.ts); without them, all others. */
export function legalSteps(
  state: ModelState,
  levers: readonly ScheduledLever[] = [],
): readonly ScheduleStep[] {
  const steps = levers.length === 0 ? allSteps(state.length) : stepsOfLevers(levers);
  return steps.filter((step) => play(state, step).legal);
}

/** `number` counts from 1. Null if all steps can be played. */
export function firstIllegal(
  steps: readonly ScheduleStep[],
): { readonly number: number; readonly step: ScheduleStep; readonly why: string } | null {
  let state = EMPTY_MODEL;
  for (const [index, step] of steps.entries()) {
    const move = play(state, step);
    if (!move.legal) return { number: index + 1, step, why: move.why };
    state = move.state;
  }
  return null;
}

function allSteps(environments: number): readonly ScheduleStep[] {
  const numbers = Array.from({ length: environments }, (_, index) => index + 1);
  const targets: readonly Target[] = [...numbers, "new"];
  return [
    { step: "initialise-ahead" },
    ...targets.map((environment) => ({ step: "invoke", environment }) as const),
    ...targets.flatMap((environment) =>
      ENDINGS.map((ending) => ({ step: "invoke-and-end", environment, ending }) as const),
    ),
    ...numbers.flatMap((environment) =>
      ENDINGS.map((ending) => ({ step: "retire", environment, ending }) as const),
    ),
    { step: "freeze-long" },
    { step: "update" },
    ...numbers.map((environment) => ({ step: "crash", environment }) as const),
    ...targets.map((environment) => ({ step: "time-out", environment }) as const),
    { step: "peer-drops" },
    { step: "peer-slow" },
  ];
}

function made(
  state: ModelState,
  moves: readonly LifecycleMove[],
  version: ModelEnvironment["version"] = "$LATEST",
): Move {
  const life = walk(CREATED, moves);
  return life === null
    ? refuse("a new environment does not allow this step")
    : { legal: true, state: [...state, { life, version, current: true }] };
}

function invoked(
  state: ModelState,
  target: Target,
  then: readonly LifecycleMove[],
  version: ScheduleVersion = "$LATEST",
): Move {
  if (target === "new") return made(state, [...INIT, "invoke", ...then], version);
  const environment = state[target - 1];
  const gone = whyNot(state, target);
  if (environment === undefined || gone !== null) return refuse(gone ?? "");
  if (environment.version !== version)
    return refuse(`environment ${target} is of a published version, and this step invokes $LATEST`);
  if (!environment.current)
    return refuse(`environment ${target} is of an older generation, which is never given an invocation`);
  // After a reset the invocation begins with a repeated Init.
  const life =
    walk(environment.life, ["invoke", ...then]) ??
    walk(environment.life, ["invoke", "everyone-ready", ...then]);
  return life === null
    ? refuse(`environment ${target} is ${environment.life.name}`)
    : withLife(state, target, life);
}

function applyMoves(state: ModelState, target: number, moves: readonly LifecycleMove[]): Move {
  const environment = state[target - 1];
  const gone = whyNot(state, target);
  if (environment === undefined || gone !== null) return refuse(gone ?? "");
  const life = walk(environment.life, moves);
  return life === null
    ? refuse(`environment ${target} has no process: it was reset and not invoked since`)
    : withLife(state, target, life);
}

function whyNot(state: ModelState, target: number): string | null {
  const environment = state[target - 1];
  if (environment === undefined)
    return `there is no environment ${target} yet: ${["none has", "only one has"][state.length] ?? `only ${state.length} have`} been created`;
  return environment.life.name === "ended" ? `environment ${target} has ended` : null;
}

function withLife(state: ModelState, target: number, life: LifecycleState): Move {
  return {
    legal: true,
    state: state.map((environment, index) => (index === target - 1 ? { ...environment, life } : environment)),
  };
}

function walk(from: LifecycleState, moves: readonly LifecycleMove[]): LifecycleState | null {
  let life: LifecycleState | null = from;
  for (const move of moves) life = life === null ? null : (transition(life, move)?.state ?? null);
  return life;
}

function refuse(why: string): Move {
  return { legal: false, why };
}
