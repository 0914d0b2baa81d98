import { expect } from "chai";
import { drawStory } from "./draw-story.ts";
import { killsIn, stepsOf, runText, VICTIMS, type Run } from "./story.ts";

function runs(seed: number, count: number): readonly Run[] {
  const story = drawStory(seed);
  return Array.from({ length: count }, () => story.next().value as Run);
}

describe("the story of `make chaos`", () => {
  const texts = (seed: number, count: number) => runs(seed, count).map(runText);

  it("is the same for the same seed, and a longer story begins with the shorter story", () => {
    expect(texts(7, 20).slice(0, 10)).to.deep.equal(texts(7, 10));
    expect(texts(7, 10)).to.not.deep.equal(texts(8, 10));
  });

  it("kills every kind of process, and contains all other kinds of actions", () => {
    const actions = runs(1, 60).flatMap(stepsOf);
    const done = actions.map(({ action }) =>
      action.kind === "kill" ? `kill ${action.victim}` : action.kind,
    );
    expect([...new Set(done)].sort()).to.deep.equal(
      ["clock", "cut", "fill", "slow", "unread", ...VICTIMS.map((victim) => `kill ${victim}`)].sort(),
    );
  });

  it("kills at least thirty processes in ten runs, and leaves the last session of each run undisturbed", () => {
    const some = runs(1, 10);
    expect(some.reduce((sum, run) => sum + killsIn(run), 0)).to.be.within(30, 90);
    expect(some.map(({ sessions }) => sessions.at(-1)?.steps)).to.deep.equal(some.map(() => []));
  });
});
