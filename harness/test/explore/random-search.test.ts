import { expect } from "chai";
import type { Outcome } from "../../src/explore/breadth-first.ts";
import { randomSearch } from "../../src/explore/random-search.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";

const never = new AbortController().signal;

describe("randomSearch", () => {
  const options = {
    runs: 300,
    seed: 7,
    knownDepth: 0,
    lengthMax: 8,
    jobs: 2,
    signal: never,
    progress: () => {},
  };
  const play =
    (harmed: (steps: readonly ScheduleStep[]) => boolean) =>
    (steps: readonly ScheduleStep[]): Promise<Outcome> =>
      Promise.resolve({ harmed: harmed(steps), stateKey: "" });

  it("shrinks a breaking schedule to the steps that it needs to break the function", async () => {
    const broken = (steps: readonly ScheduleStep[]): boolean => {
      const update = steps.findIndex(({ step }) => step === "update");
      return update !== -1 && steps.slice(update).some(({ step }) => step === "crash");
    };
    const { breaking } = await randomSearch({ ...options, play: play(broken) });
    expect(breaking?.map(({ step }) => step)).to.deep.equal(["initialise-ahead", "update", "crash"]);
  });

  it("returns how many schedules it played if none of them breaks the function", async () => {
    const { breaking, runs } = await randomSearch({ ...options, runs: 40, play: play(() => false) });
    expect({ breaking, some: runs > 20 && runs <= 40 }).to.deep.equal({ breaking: null, some: true });
  });

  it("plays only schedules that are longer than those of the earlier complete search", async () => {
    let shortest = Infinity;
    await randomSearch({
      ...options,
      runs: 60,
      knownDepth: 3,
      play: (steps) => {
        shortest = Math.min(shortest, steps.length);
        return Promise.resolve({ harmed: false, stateKey: "" });
      },
    });
    expect(shortest).to.equal(4);
  });
});
