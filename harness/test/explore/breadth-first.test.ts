import { expect } from "chai";
import { breadthFirst, type Outcome, type SearchPorts } from "../../src/explore/breadth-first.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";

const text = (steps: readonly ScheduleStep[]): string =>
  steps.map((step) => Object.values(step).join(" ")).join("; ");
const never = new AbortController().signal;

/**
 * Returns ports with a fake `play`. Each schedule leads to a separate state, unless a test says otherwise. How long `play` takes depends on
 * the length of the schedule, so that schedules do not end in the order in which they began.
 */
function ports(
  given: {
    readonly harmed?: (steps: readonly ScheduleStep[]) => boolean;
    readonly state?: (steps: readonly ScheduleStep[]) => string;
    readonly signal?: AbortSignal;
  } = {},
): SearchPorts & { readonly played: string[] } {
  const played: string[] = [];
  return {
    played,
    jobs: 3,
    signal: given.signal ?? never,
    progress: () => {},
    play: async (steps): Promise<Outcome> => {
      played.push(text(steps));
      for (let turn = steps.length % 3; turn >= 0; turn -= 1) await Promise.resolve();
      return { harmed: given.harmed?.(steps) ?? false, stateKey: given.state?.(steps) ?? text(steps) };
    },
  };
}

describe("breadthFirst", () => {
  it("plays every schedule of each length if no two lead to the same state", async () => {
    const found = await breadthFirst(2, ports());
    expect(found).to.deep.equal({
      levels: [
        { depth: 1, played: 10, planned: 10, breaking: 0, newStates: 10 },
        { depth: 2, played: 126, planned: 126, breaking: 0, newStates: 126 },
      ],
      completeDepth: 2,
      breaking: [],
    });
  });

  it("extends only one of the schedules that lead to the same state", async () => {
    const world = ports({ state: (steps) => (steps.length === 1 ? "one" : text(steps)) });
    await breadthFirst(2, world);
    expect(
      new Set(world.played.filter((steps) => steps.includes(";")).map((steps) => steps.split("; ")[0])),
    ).to.deep.equal(new Set(["initialise-ahead"]));
  });

  it("counts all depths as covered when no schedule leads to a new state", async () => {
    const { completeDepth, levels } = await breadthFirst(6, ports({ state: () => "the same" }));
    expect({ completeDepth, levels: levels.map(({ newStates }) => newStates) }).to.deep.equal({
      completeDepth: 6,
      levels: [1, 0],
    });
  });

  it("returns all breaking schedules, the shortest first, and does not extend any of them", async () => {
    const isSilent = (steps: readonly ScheduleStep[]): boolean =>
      steps.some((step) => step.step === "invoke-and-end" && step.ending === "silence");
    const world = ports({
      harmed: (steps) => isSilent(steps) && steps.at(-1)?.step !== "update",
      state: (steps) => steps.map(({ step }) => step).join(),
    });
    const { breaking } = await breadthFirst(2, world);
    expect(text(breaking[0] ?? [])).to.equal("invoke-and-end new silence");
    expect(world.played.some((steps) => steps.startsWith("invoke-and-end new silence;"))).to.equal(false);
  });

  it("returns the same result in whatever order the schedules end", async () => {
    const state = (steps: readonly ScheduleStep[]): string =>
      steps
        .map(({ step }) => step)
        .sort()
        .join();
    const one = await breadthFirst(2, { ...ports({ state }), jobs: 1 });
    const many = await breadthFirst(2, { ...ports({ state }), jobs: 7 });
    expect(many).to.deep.equal(one);
  });

  it("returns the breaking schedules and the complete depths so far when it is stopped", async () => {
    const stop = new AbortController();
    let count = 0;
    const world = ports({
      signal: stop.signal,
      harmed: () => {
        count += 1;
        if (count === 20) stop.abort();
        return count === 15;
      },
    });
    const { completeDepth, breaking, levels } = await breadthFirst(3, { ...world, jobs: 1 });
    expect({ completeDepth, breaking: breaking.length, last: levels.at(-1)?.played }).to.deep.equal({
      completeDepth: 1,
      breaking: 1,
      last: 10,
    });
  });
});
