/** Does what one entry of the plan says, to one function, and says what it acted on. */
import type { PlanEntry, Selector } from "../../../domain/plan.ts";
import type { Fleet } from "../../fleet-contract.ts";
import { aheadElsewhere } from "./ahead-elsewhere.ts";
import type { Performed } from "./performed.ts";
import type { PlanTime } from "./plan-time.ts";

export interface PlanStage {
  readonly fleet: Fleet;
  readonly functionName: string;
  readonly update: (functionName: string) => Promise<void>;
  readonly time: PlanTime;
  readonly intervalMs: number;
}

/** An invocation lasts for a few milliseconds only: whoever wants to meet it has to look often. */
const LOOK_EVERY_MS = 2;

export async function performEntry(entry: PlanEntry, stage: PlanStage): Promise<Performed> {
  const { fleet, functionName } = stage;
  switch (entry.action) {
    case "initialise-ahead": {
      const { environment, succeeded } = await fleet.initialiseAhead(functionName);
      return { result: "applied", environments: [environment], detail: succeeded ? null : "its Init failed" };
    }
    case "ahead-elsewhere":
      return aheadElsewhere(fleet, functionName);
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

/** An entry for the invocation in flight waits for one, for two intervals at most: a plan cannot know when it comes. */
async function invocationInFlight(
  selector: Selector,
  { fleet, functionName, time, intervalMs }: PlanStage,
): Promise<void> {
  if (selector !== "in-flight") return;
  // Ended before its START an invocation would be in no log stream, and nobody could say what became of it.
  const inFlight = (): boolean =>
    fleet
      .environments(functionName)
      .some(({ state, handlerRuns }) => state === "invoking" && handlerRuns !== false);
  await time.becomes(inFlight, {
    everyMs: LOOK_EVERY_MS,
    untilMs: time.now() + Math.max(1_000, 2 * intervalMs),
  });
}
