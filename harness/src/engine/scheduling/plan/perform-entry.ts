/** Carries out one entry of the plan for one function, and returns what it acted on. */
import type { PlanEntry, Selector } from "../../../record/plan.ts";
import type { Fleet } from "../../fleet-contract.ts";
import { aheadElsewhere } from "./ahead-elsewhere.ts";
import { initialiseTogether } from "./initialise-together.ts";
import type { Performed } from "./performed.ts";
import type { PlanTime } from "./plan-time.ts";

export interface PlanStage {
  readonly fleet: Fleet;
  readonly functionName: string;
  readonly update: (functionName: string) => Promise<void>;
  readonly time: PlanTime;
  readonly intervalMs: number;
}

/** The time between two checks for an invocation in flight. It is short, because an invocation may last only a few milliseconds. */
const LOOK_EVERY_MS = 2;

export async function performEntry(entry: PlanEntry, stage: PlanStage): Promise<Performed> {
  const { fleet, functionName } = stage;
  switch (entry.action) {
    case "initialise-ahead": {
      const ahead = await initialiseTogether(fleet, functionName, entry.environments);
      return {
        result: "applied",
        environments: ahead.environments,
        detail: ahead.succeeded ? null : "its Init failed",
      };
    }
    case "ahead-elsewhere":
      return aheadElsewhere(fleet, functionName, entry.environments);
    case "retire":
      await invocationInFlight(entry.selector, stage);
      return actedOn(await fleet.retire(functionName, { selector: entry.selector }, entry.ending));
    case "crash":
      await invocationInFlight(entry.selector, stage);
      return actedOn(await fleet.crash(functionName, { selector: entry.selector }));
    case "place-next":
      fleet.placeNext(functionName, { placement: entry.placement });
      return { result: "applied", environments: [], detail: null };
    case "update":
      await stage.update(functionName);
      return { result: "applied", environments: [], detail: null };
  }
}

function actedOn(environments: readonly string[]): Performed {
  return { result: environments.length === 0 ? "nothing-to-act-on" : "applied", environments, detail: null };
}

/** A plan cannot know when an invocation begins, so this waits for one: at most two intervals, or 1 s if that is longer. */
async function invocationInFlight(
  selector: Selector,
  { fleet, functionName, time, intervalMs }: PlanStage,
): Promise<void> {
  if (selector !== "in-flight") return;
  // Waits until the handler runs. If an invocation ended before its START, no log stream would show it, and its outcome would be unknown.
  const inFlight = (): boolean =>
    fleet
      .environments(functionName)
      .some(({ state, handlerRuns }) => state === "invoking" && handlerRuns !== false);
  await time.waitUntilTrue(inFlight, {
    everyMs: LOOK_EVERY_MS,
    untilMs: time.now() + Math.max(1_000, 2 * intervalMs),
  });
}
