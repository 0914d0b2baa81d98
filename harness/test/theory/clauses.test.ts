/** Tests that each clause says something: without it, the judge contradicts the oracle in the world that is named here. */
import { expect } from "chai";
import { seenAt } from "../../src/theory/facts/sighting.ts";
import { ALL_CLAUSES } from "../../src/theory/clauses/all-clauses.ts";
import { judgeHypotheses } from "../../src/theory/judge-hypotheses.ts";
import type { Hypothesis } from "../../src/theory/model/hypothesis.ts";
import { caseOf, serverOf } from "./worlds/case.ts";
import { fatesText } from "./worlds/fates-text.ts";
import { askOracle } from "./worlds/oracle.ts";
import { drawWorld } from "./worlds/world.ts";

/** For each clause the world in which it decides: the number of a drawn world, or one written by hand. */
const DECIDING_WORLDS: Readonly<Record<string, number | Hypothesis>> = {
  "lines-are-true": 1888,
  "only-at-work": 95,
  "end-closes": 1,
  "told-before-free": 183,
  "frees-in-time": 319,
  "hidden-only-where-possible": 549,
  places: 183,
  "turned-away-when-full": 71,
  // E1 asked first, so E2 is turned away, although the server looks at both after E2 asked.
  "in-order": caseOf(
    [
      { environment: "E1", until: 8, asked: 2 },
      { environment: "E2", until: 8, asked: 3 },
    ],
    serverOf({}, { looks: 4 }),
  ),
  // E1 never says a word, so it has no place that E2 could miss.
  "after-speech": caseOf(
    [
      { environment: "E1", until: 8, asked: 2 },
      { environment: "E2", until: 8, asked: 3, connection: { spoke: seenAt(4) } },
    ],
    serverOf({ stage: "speech", ordered: false }),
  ),
  "looks-in-time": 1011,
  // When E1 is gone, its place belongs to E2, which waited first.
  "queue-in-order": caseOf(
    [
      { environment: "E1", until: 5, asked: 2, connection: { ended: seenAt(5) } },
      { environment: "E2", until: 8, asked: 3 },
      { environment: "E3", until: 8, asked: 4 },
    ],
    serverOf({ queue: Infinity }),
  ),
  "waits-only-when-full": 903,
  "queue-length": 524,
  "takes-in-time": 14558,
  "evicts-by-manner": 343,
  // E2 takes the place of E1 and is never turned away.
  "evicting-turns-nobody-away": caseOf(
    [
      { environment: "E1", until: 8, asked: 2 },
      { environment: "E2", until: 8, asked: 3 },
    ],
    serverOf({ full: "evicts-oldest" }),
  ),
  "bytes-mean": 801,
  "speaks-in-time": 4123,
  "end-means": 59,
  "closes-in-time": 620,
  "short-means-no-place": 71,
};

describe("clauses of the theory", () => {
  for (const clause of ALL_CLAUSES) {
    it(`${clause.name}: ${clause.says}`, () => {
      const world = DECIDING_WORLDS[clause.name];
      const hypotheses = typeof world === "number" ? drawWorld(world)!.hypotheses : [world!];
      const fates = fatesText(askOracle(hypotheses)!);
      const clauses = ALL_CLAUSES.filter((other) => other !== clause);
      const without = judgeHypotheses(hypotheses, { clauses, propagates: false, cap: 3_000 });
      expect(fatesText(judgeHypotheses(hypotheses).fates)).to.equal(fates);
      expect(without.tooManyHistories).to.equal(false);
      expect(fatesText(without.fates)).not.to.equal(fates);
    });
  }
});
