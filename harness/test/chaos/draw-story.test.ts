import { readFileSync } from "node:fs";
import { expect } from "chai";
import { drawStory } from "./draw-story.ts";
import { killsIn, MISCHIEF, stepsOf, runText, VICTIMS, type Run } from "./story.ts";

function runs(seed: number, count: number): readonly Run[] {
  const story = drawStory(seed);
  return Array.from({ length: count }, () => story.next().value as Run);
}

const plannedIn = (story: readonly Run[]): number => story.reduce((sum, run) => sum + killsIn(run), 0);

describe("the story of `make chaos`", () => {
  const texts = (seed: number, count: number) => runs(seed, count).map(runText);

  it("is the same for the same seed, and a longer story begins with the shorter story", () => {
    expect(texts(7, 20).slice(0, 10)).to.deep.equal(texts(7, 10));
    expect(texts(7, 10)).to.not.deep.equal(texts(8, 10));
  });

  it("of `.ci/run` kills every kind of process at least once, and contains all other kinds of actions", () => {
    const script = readFileSync(new URL("../../../.ci/run", import.meta.url), "utf8");
    const [, kills, seed] = /chaos KILLS=(\d+) SEED=(\d+)/.exec(script) ?? [];
    const story: Run[] = [];
    for (const run of drawStory(Number(seed))) {
      if (plannedIn(story) >= Number(kills)) break;
      story.push(run);
    }
    const actions = story.flatMap(stepsOf);
    const done = actions.map(({ action }) =>
      action.kind === "kill" ? `kill ${action.victim}` : action.kind,
    );
    expect([...new Set(done)].sort()).to.deep.equal(
      ["clock", "cut", "fill", "slow", "unread", ...VICTIMS.map((victim) => `kill ${victim}`)].sort(),
    );
  });

  it("of `.ci/run` has functions that misbehave in each way", () => {
    const kinds = runs(14, 10).flatMap(({ mischief }) => mischief);
    expect([...new Set(kinds)].sort()).to.deep.equal([...MISCHIEF].sort());
  });

  it("kills at least thirty processes in ten runs, and leaves the last session of each run undisturbed", () => {
    const some = runs(1, 10);
    expect(plannedIn(some)).to.be.within(30, 90);
    expect(some.map(({ sessions }) => sessions.at(-1)?.steps)).to.deep.equal(some.map(() => []));
  });
});
