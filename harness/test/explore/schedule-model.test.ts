import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/explore/estimate.ts";
import { stepRequests, stepsOf } from "../../src/explore/random-search.ts";
import {
  EMPTY_MODEL,
  firstIllegal,
  legalSteps,
  placedIn,
  play,
  type ModelState,
} from "../../src/explore/schedule-model.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";

const AHEAD: ScheduleStep = { step: "initialise-ahead" };

function stateAfter(steps: readonly ScheduleStep[]): ModelState {
  return steps.reduce<ModelState>((state, step) => {
    const move = play(state, step);
    return move.legal ? move.state : state;
  }, EMPTY_MODEL);
}

describe("the model of a schedule", () => {
  const illegal: readonly (readonly [string, readonly ScheduleStep[], number, RegExp])[] = [
    [
      "a step in an environment that was never created",
      [AHEAD, { step: "invoke", environment: 2 }],
      2,
      /^there is no environment 2 yet: only one has been created$/,
    ],
    [
      "a step in environment 1 if no environment was created",
      [{ step: "retire", environment: 1, ending: "fin" }],
      1,
      /^there is no environment 1 yet: none has been created$/,
    ],
    [
      "a step in an environment that has ended",
      [AHEAD, { step: "retire", environment: 1, ending: "rst" }, { step: "invoke", environment: 1 }],
      3,
      /^environment 1 has ended$/,
    ],
    [
      "a step in an environment that ended during an invocation",
      [
        { step: "invoke-and-end", environment: "new", ending: "silence" },
        { step: "crash", environment: 1 },
      ],
      2,
      /^environment 1 has ended$/,
    ],
    [
      "an invocation in an environment of an older generation",
      [AHEAD, { step: "update" }, { step: "invoke", environment: 1 }],
      3,
      /^environment 1 is of an older generation/,
    ],
    [
      "the crash of a process that has already ended",
      [AHEAD, { step: "crash", environment: 1 }, { step: "crash", environment: 1 }],
      3,
      /^environment 1 has no process/,
    ],
    [
      "an invocation of $LATEST in an environment of a published version",
      [
        { step: "invoke-version", version: 2 },
        { step: "invoke", environment: 1 },
      ],
      2,
      /^environment 1 is of a published version/,
    ],
    [
      "a second provisioned version",
      [{ step: "provision" }, { step: "provision" }],
      2,
      /^a version is provisioned already$/,
    ],
  ];
  for (const [title, steps, number, why] of illegal) {
    it(`refuses ${title}`, () => {
      const found = firstIllegal(steps);
      expect(found?.number).to.equal(number);
      expect(found?.why).to.match(why);
    });
  }

  it("allows an invocation after a crash, and then a crash of the new process", () => {
    expect(
      firstIllegal([
        AHEAD,
        { step: "crash", environment: 1 },
        { step: "invoke", environment: 1 },
        { step: "crash", environment: 1 },
      ]),
    ).to.equal(null);
  });

  it("places an invocation in the oldest idle environment of its version; an update changes only $LATEST", () => {
    const steps: readonly ScheduleStep[] = [
      { step: "provision" },
      { step: "invoke-version", version: "$LATEST" },
      { step: "invoke-version", version: 1 },
      { step: "update" },
    ];
    const before = stateAfter(steps.slice(0, 3));
    expect([placedIn(before, "$LATEST"), placedIn(before, 1), placedIn(before, 2)]).to.deep.equal([
      2,
      3,
      "new",
    ]);
    const after = stateAfter(steps);
    expect([placedIn(after, "$LATEST"), placedIn(after, 1)]).to.deep.equal(["new", 3]);
  });

  it("lets an environment of an older generation be retired", () => {
    expect(
      firstIllegal([AHEAD, { step: "update" }, { step: "retire", environment: 1, ending: "silence" }]),
    ).to.equal(null);
  });

  it("lists every step that is possible if one environment exists", () => {
    expect(legalSteps(stateAfter([AHEAD])).map((step) => Object.values(step).join(" "))).to.deep.equal([
      "initialise-ahead",
      "invoke 1",
      "invoke new",
      "invoke-and-end 1 fin",
      "invoke-and-end 1 rst",
      "invoke-and-end 1 silence",
      "invoke-and-end new fin",
      "invoke-and-end new rst",
      "invoke-and-end new silence",
      "retire 1 fin",
      "retire 1 rst",
      "retire 1 silence",
      "freeze-long",
      "update",
      "crash 1",
      "time-out 1",
      "time-out new",
      "peer-drops",
      "peer-slow",
    ]);
  });

  it("allows every schedule that is made from random step requests", () => {
    fc.assert(fc.property(stepRequests(20), (drawn) => firstIllegal(stepsOf(drawn)) === null));
  });

  it("allows every step that it lists", () => {
    fc.assert(
      fc.property(stepRequests(8), (drawn) => {
        const state = stateAfter(stepsOf(drawn));
        return legalSteps(state).every((step) => play(state, step).legal);
      }),
    );
  });
});

describe("the estimate of the number of schedules", () => {
  it("has as its upper bound, for depths 1 and 2, the number of schedules that are counted one by one", () => {
    const legal = legalSteps(EMPTY_MODEL);
    const second = legal.reduce((sum, step) => {
      const move = play(EMPTY_MODEL, step);
      return sum + (move.legal ? legalSteps(move.state).length : 0);
    }, 0);
    expect([estimate(1).most, estimate(2).most]).to.deep.equal([legal.length, legal.length + second]);
  });

  it("grows with the depth, and its lower bound is never above its upper bound", () => {
    const counts = [1, 2, 3, 4].map((depth) => estimate(depth));
    expect(counts.every(({ least, most }) => least <= most)).to.equal(true);
    expect(counts.map(({ least }) => least)).to.deep.equal(
      [...counts.map(({ least }) => least)].sort((a, b) => a - b),
    );
  });
});
