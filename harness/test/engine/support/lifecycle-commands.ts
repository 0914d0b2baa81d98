/** The commands of the model-based test. Each command changes the model and the running engine in the same way, then compares the two. */
import { expect } from "chai";
import type { AsyncCommand } from "fast-check";
import type { Ending, Placement } from "../../../src/record/plan.ts";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import {
  type InitBehaviour,
  type LifecycleModel,
  type ModelEnvironment,
  REPEATED,
} from "./lifecycle-model.ts";
import { environmentOf, type LifecycleWorld } from "./lifecycle-world.ts";
import { payloadOf } from "./test-fleet.ts";

type Command = AsyncCommand<LifecycleModel, LifecycleWorld>;

const ENVIRONMENTS_MAX = 5;
/** The function time-out for a handler that hangs: short, because the test waits for it. */
const HANGING_TIMEOUT_MS = 80;

function command(
  title: string,
  check: (model: LifecycleModel) => boolean,
  act: (model: LifecycleModel, world: LifecycleWorld) => Promise<void>,
): Command {
  return {
    check: (model) => check(model as LifecycleModel),
    run: async (model, world) => {
      await act(model, world);
      compare(model, world);
    },
    toString: () => title,
  };
}

/** Sets how the function behaves from its next Init on. */
export const setInit = (behaviour: InitBehaviour): Command =>
  command(
    `Init ${behaviour}`,
    () => true,
    async (model, world) => {
      model.init = behaviour;
      world.setInit(behaviour);
    },
  );

export const update = (): Command =>
  command(
    "update",
    () => true,
    async (model, world) => {
      model.generation += 1;
      world.update(model.generation);
    },
  );

export const initialiseAhead = (): Command =>
  command(
    "initialise ahead",
    (model) => roomFor(model) && model.init !== "hangs",
    async (model, world) => {
      const environment = model.create();
      const succeeded = model.initialise(environment);
      const result = await world.test.fleet.initialiseAhead("probe");
      environment.id = result.environment;
      expect(result.succeeded).to.equal(succeeded);
    },
  );

/** Retires an environment during an Init phase that never ends. */
export const retireInInit = (ending: Ending): Command =>
  command(
    `retire in Init by ${ending}`,
    (model) => roomFor(model) && model.init === "hangs",
    async (model, world) => {
      const environment = model.create();
      const ahead = world.test.fleet.initialiseAhead("probe");
      const initialising = () =>
        world.test.fleet
          .environments("probe")
          .find((one) => one.state === "initialising" && one.processId !== null);
      while (initialising() === undefined) await new Promise((resolve) => setImmediate(resolve));
      environment.id = initialising()?.environment ?? "";
      model.end(environment, "retire");
      await world.test.fleet.retire("probe", { environment: environment.id }, ending);
      expect((await ahead).succeeded).to.equal(false);
    },
  );

export type InvocationKind = "answers" | "fails" | "exits";

export const invoke = (placement: Placement, kind: InvocationKind): Command =>
  command(
    `invoke in ${placement}, ${kind}`,
    (model) => canBegin(model, placement),
    async (model, world) => {
      const { environment, reached } = placeAndInvoke(model, placement);
      if (reached && kind === "exits") model.fail(environment, "process-exit", "error Runtime.ExitError");
      else if (reached) model.answer(environment);
      const result = await world.invoke(placement, { exit: kind === "exits", fail: kind === "fails" });
      environment.id = environmentOf(result);
      const expected = reached
        ? { answers: environment.id, fails: "RangeError", exits: "Runtime.ExitError" }[kind]
        : initError(model.init);
      expect(outcome(result)).to.equal(expected);
    },
  );

/** Invokes the function. The handler or the repeated Init hangs until the function time-out ends the invocation. */
export const timeOut = (placement: Placement): Command =>
  command(
    `invoke in ${placement}, times out`,
    (model) => canTimeOut(model, placement),
    async (model, world) => {
      const { environment } = placeAndInvoke(model, placement);
      if (environment.state.name !== "idle") model.fail(environment, "deadline", "timeout");
      world.timeoutMs = HANGING_TIMEOUT_MS;
      const result = await world.invoke(placement, { hang: true });
      world.timeoutMs = 600_000;
      environment.id = environmentOf(result);
      expect(outcome(result)).to.equal("Sandbox.Timedout");
    },
  );

export const begin = (placement: Placement): Command =>
  command(
    `begin an invocation in ${placement}`,
    (model) => canBegin(model, placement),
    async (model, world) => {
      const { environment, reached } = placeAndInvoke(model, placement);
      environment.id = await world.begin(placement, reached);
    },
  );

export const finish = (nth: number): Command =>
  command(
    `finish invocation ${nth}`,
    (model) => model.inFlight().length > 0,
    async (model, world) => {
      const environment = pick(model.inFlight(), nth);
      model.answer(environment);
      expect(outcome(await world.finish(environment.id))).to.equal(environment.id);
    },
  );

export const crash = (nth: number): Command =>
  command(
    `crash environment ${nth}`,
    (model) => withProcess(model).length > 0,
    async (model, world) => {
      const environment = pick(withProcess(model), nth);
      const flying = environment.state.name === "invoking";
      model.fail(environment, "process-exit", "error Runtime.ExitError");
      expect(await world.test.fleet.crash("probe", { environment: environment.id })).to.deep.equal([
        environment.id,
      ]);
      if (flying) expect(outcome(await world.landed(environment.id))).to.equal("Runtime.ExitError");
    },
  );

export const retire = (nth: number, ending: Ending): Command =>
  command(
    `retire environment ${nth} by ${ending}`,
    (model) => model.live().length > 0,
    async (model, world) => {
      const environment = pick(model.live(), nth);
      const flying = environment.state.name === "invoking";
      model.end(environment, "retire");
      expect(await world.test.fleet.retire("probe", { environment: environment.id }, ending)).to.deep.equal([
        environment.id,
      ]);
      if (flying) expect((await world.landed(environment.id)).kind).to.equal("broken");
    },
  );

function roomFor(model: LifecycleModel): boolean {
  return model.live().length < ENVIRONMENTS_MAX;
}

/**
 * Returns false if a new environment is needed and no more environments are allowed, or if an Init would hang. (The limits that end such an
 * Init are not shortened here, so the test would wait too long.)
 */
function canBegin(model: LifecycleModel, placement: Placement): boolean {
  const found = model.placed(placement);
  if (found === null) return roomFor(model) && model.init !== "hangs";
  return isInitialised(found) || model.init !== "hangs";
}

/** Returns true if the model knows what the time-out will end: a handler that hangs, or a repeated Init that hangs. */
function canTimeOut(model: LifecycleModel, placement: Placement): boolean {
  const found = model.placed(placement);
  if (found === null) return roomFor(model) && model.init === "succeeds";
  return isInitialised(found) || model.init === "hangs";
}

function isInitialised({ state }: ModelEnvironment): boolean {
  return state.name === "idle" && state.initialised;
}

function withProcess(model: LifecycleModel): readonly ModelEnvironment[] {
  return model.environments.filter((one) => isInitialised(one) || one.state.name === "invoking");
}

function placeAndInvoke(
  model: LifecycleModel,
  placement: Placement,
): { readonly environment: ModelEnvironment; readonly reached: boolean } {
  let environment = model.placed(placement);
  if (environment === null) {
    environment = model.create();
    model.initialise(environment);
  }
  return { environment, reached: model.invoke(environment) };
}

function pick(from: readonly ModelEnvironment[], nth: number): ModelEnvironment {
  const found = from[nth % from.length];
  if (found === undefined) throw new Error("a command runs only where there is something to act on");
  return found;
}

function initError(init: InitBehaviour): string {
  return init === "throws" ? "Error" : "Runtime.ExitError";
}

/** Returns the environment's name if the handler answered, else the type of the error. */
function outcome(result: InvokeResult): string {
  const payload = payloadOf(result);
  return typeof payload === "string" ? payload : (payload as { errorType: string }).errorType;
}

function compare(model: LifecycleModel, world: LifecycleWorld): void {
  const actual = world.test.fleet
    .environments("probe")
    .map(({ environment, state, frozen, generation, invocations, processId }) => ({
      environment,
      state,
      frozen,
      generation,
      invocations,
      process: processId !== null,
    }));
  const expected = model.live().map((one) => ({
    environment: one.id,
    state: one.state.name,
    frozen: isInitialised(one),
    generation: one.generation,
    invocations: one.invocations,
    process: isInitialised(one) || one.state.name === "invoking",
  }));
  expect(actual).to.deep.equal(expected);
  for (const { id, lines } of model.environments) {
    expect(world.test.logs.messages(id).flatMap(comparableLine)).to.deep.equal(
      lines.filter((line) => line !== REPEATED),
      `the stream of ${id}`,
    );
  }
}

/** Returns a list with the log line in the model's form, or an empty list if the model has no such line. */
function comparableLine(message: string): string[] {
  const status = /Status: (\w+)(?:\tError Type: (\S+))?/.exec(message);
  const failure = status === null ? "" : ` ${status[1]}${status[2] === undefined ? "" : ` ${status[2]}`}`;
  const phase = /Phase: (\w+)/.exec(message)?.[1] ?? "";
  if (message.startsWith("INIT_REPORT")) return [`INIT_REPORT ${phase}${failure}`];
  if (message.startsWith("REPORT")) return [`REPORT${failure}`];
  if (message.includes("\tUncaught Exception")) return ["Uncaught Exception"];
  const word = /^(INIT_START|START|END|EXTENSION|boot|SIGTERM)\b/.exec(message)?.[1];
  return word === undefined ? [] : [word];
}
