/**
 * Plays a plan in a story (a test's script of a run), as the local engine does: environments are initialised ahead, ended and replaced at the plan's times, and an
 * invocation comes in every interval. Hours take no time here.
 */
import type { EndedEnvironment } from "../../../src/record/ended-environment.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { PlanEntry } from "../../../src/record/plan.ts";
import type { Plan } from "../../../src/record/plan-file.ts";
import { silentLifeMs } from "../../../src/words/silent-life.ts";
import { iso, START_MS } from "../analyze/story-options.ts";
import { TestRun, type TestEnvironment } from "../analyze/story.ts";

interface Alive {
  readonly test: TestEnvironment;
  /** The number of all invocations that had ended when the last invocation of this environment ended. -1 if it was never invoked. */
  lastEnded: number;
}

interface Silent {
  readonly environment: Alive;
  readonly dueMs: number;
  readonly dueInvocations: number;
}

/** `ends`: whether the evidence has the ends of environments, which only the local engine records. */
export function playPlan(plan: Plan, { ends }: { readonly ends: boolean }): Evidence {
  const run = new TestRun({ target: ends ? "local" : "aws", lines: false });
  const gone: EndedEnvironment[] = [];
  const silent: Silent[] = [];
  let alive: Alive[] = [];
  let invocations = 0;
  let placeNew = false;

  const moveTo = (offsetMs: number): void => {
    run.now = Math.max(run.now, START_MS + offsetMs);
  };
  const initialise = (): Alive => {
    const made = { test: run.environment(), lastEnded: -1 };
    made.test.init();
    run.wait(3);
    return made;
  };
  const end = (environment: Alive): void => {
    alive = alive.filter((one) => one !== environment);
    gone.push({
      result: "ended",
      functionName: run.options.name,
      environment: environment.test.id,
      time: iso(run.now),
      ending: "fin",
    });
  };
  const mostRecent = (): Alive | undefined =>
    alive.reduce<Alive | undefined>(
      (best, one) => (best === undefined || one.lastEnded >= best.lastEnded ? one : best),
      undefined,
    );
  const perform = (entry: PlanEntry): void => {
    moveTo(entry.offsetMs);
    if (entry.action === "initialise-ahead") alive.push(initialise());
    else if (entry.action === "retire") {
      const chosen = mostRecent();
      if (chosen !== undefined) end(chosen);
    } else if (entry.action === "ahead-elsewhere") {
      for (const one of alive) end(one);
      silent.push({
        environment: initialise(),
        dueMs: run.now + silentLifeMs(plan.intervalMs),
        dueInvocations: invocations + 3,
      });
      placeNew = true;
    } else throw new Error(`the story cannot play ${entry.action}`);
  };
  const invoke = (): void => {
    for (const one of silent.splice(0))
      if (run.now >= one.dueMs && invocations >= one.dueInvocations) end(one.environment);
      else silent.push(one);
    let chosen = placeNew ? undefined : mostRecent();
    placeNew = false;
    if (chosen === undefined) {
      chosen = initialise();
      alive.push(chosen);
    }
    run.invoke(chosen.test, () => undefined);
    invocations += 1;
    chosen.lastEnded = invocations;
  };

  const entries = [...plan.entries];
  for (let offsetMs = 0; offsetMs < plan.durationMs; offsetMs += plan.intervalMs) {
    while (entries[0] !== undefined && entries[0].offsetMs <= offsetMs) perform(entries.shift() as PlanEntry);
    moveTo(offsetMs);
    invoke();
  }
  return { ...run.end(), applied: ends ? gone : null };
}
