/**
 * Compares the judge with the oracle, and both with the truth, in small worlds drawn from seeds. `LONGRUN_THEORY_WORLDS=5000` tries more
 * worlds, `LONGRUN_THEORY_FIRST` other ones; the oracle then follows more states of each.
 */
import { expect } from "chai";
import type { Facts } from "../../src/theory/facts/facts.ts";
import { judgeHypotheses } from "../../src/theory/judge-hypotheses.ts";
import { answerOf } from "../../src/theory/model/claim.ts";
import { fatesText } from "./worlds/fates-text.ts";
import { askOracle } from "./worlds/oracle.ts";
import { drawWorld } from "./worlds/world.ts";

const MORE = process.env.LONGRUN_THEORY_WORLDS;
const WORLDS = Number(MORE ?? 250);
const FIRST = Number(process.env.LONGRUN_THEORY_FIRST ?? 0);
/** The largest number of states that the oracle follows in a world. Worlds with more are passed over. */
const MOST_STATES = MORE === undefined ? 150 : 3_000;

/**
 * Worlds that were once judged wrongly, with more states than the others: uses of a connection that was over were lost at a cut (the first
 * three); an invocation whose attempts are not all seen was clear; a cut forgot that the environment of a hidden client had been at work.
 */
const ONCE_WRONG = [41_247, 41_261, 41_318, 40_097, 702_300];

const everyTick = ({ begin, end }: Facts): number[] =>
  Array.from({ length: end - begin + 1 }, (_, tick) => begin + tick);

describe(`judge of the theory, in ${WORLDS} worlds from ${FIRST}`, () => {
  const told = { compared: 0, answers: new Set<string>() };
  const wrong: string[] = [];
  const untrue: string[] = [];

  before(function () {
    if (MORE !== undefined) this.timeout(0);
    const drawn = Array.from({ length: WORLDS }, (_, index) => FIRST + index);
    for (const seed of [...drawn, ...ONCE_WRONG]) {
      const world = drawWorld(seed);
      const most = ONCE_WRONG.includes(seed) ? 3_000 : MOST_STATES;
      const fates = world === null ? null : askOracle(world.hypotheses, most);
      if (world === null || fates === null) continue;
      told.compared += 1;
      const expected = fatesText(fates);
      const judged = judgeHypotheses(world.hypotheses);
      const plain = judgeHypotheses(world.hypotheses, { propagates: false });
      const uncut = judgeHypotheses(world.hypotheses, { cuts: ({ end }) => [end] });
      const cut = judgeHypotheses(world.hypotheses, { cuts: everyTick });
      if (fatesText(judged.fates) !== expected)
        wrong.push(`seed ${seed}: ${fatesText(judged.fates)} instead of ${expected}`);
      if (fatesText(plain.fates) !== expected)
        wrong.push(`seed ${seed}, without propagation: ${fatesText(plain.fates)}`);
      if (fatesText(uncut.fates) !== expected) wrong.push(`seed ${seed}, uncut: ${fatesText(uncut.fates)}`);
      if (fatesText(cut.fates) !== expected) wrong.push(`seed ${seed}, cut: ${fatesText(cut.fates)}`);
      for (const [invocation, answer] of judged.answers) {
        told.answers.add(answer.harmed);
        const truth = answerOf(new Set([world.fates.get(invocation)!]));
        const opposite = answer.harmed !== "unknown" && answer.harmed !== truth.harmed;
        const otherHolder = answer.holders !== null && answer.holders.join() !== truth.holders?.join();
        if (opposite || otherHolder)
          untrue.push(`seed ${seed}, ${invocation}: ${JSON.stringify({ answer, truth })}`);
      }
    }
  });

  it("finds exactly the fates that the oracle finds, with propagation and without, cut anywhere and uncut", () => {
    expect(wrong).to.deep.equal([]);
  });

  it("never says the opposite of what truly happened, and names no other holder", () => {
    expect(untrue).to.deep.equal([]);
  });

  it("meets worlds of every answer", () => {
    expect([...told.answers].sort()).to.deep.equal(["clear", "found", "unknown"]);
    expect(told.compared).to.be.greaterThan(WORLDS / 5);
  });
});

describe("cap of the theory", () => {
  it("knows nothing if there are more states than the cap", () => {
    const world = drawWorld(59)!;
    const { answers, tooManyHistories } = judgeHypotheses(world.hypotheses, { cap: 3 });
    const said = new Set([...answers.values()].map(({ harmed }) => harmed));
    expect({ tooManyHistories, said }).to.deep.equal({ tooManyHistories: true, said: new Set(["unknown"]) });
  });
});
