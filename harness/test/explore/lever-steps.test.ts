import { expect } from "chai";
import { SCHEDULED_LEVERS } from "../../src/words/lever.ts";
import { leverSchedule, leversIn, stepsOfLevers, withFirstAgain } from "../../src/explore/lever-steps.ts";
import { firstIllegal, legalSteps, EMPTY_MODEL } from "../../src/explore/schedule-model.ts";
import { stepRequests, stepsOf } from "../../src/explore/random-search.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";
import fc from "fast-check";

const V1: ScheduleStep = { step: "invoke-version", version: 1 };
const V2: ScheduleStep = { step: "invoke-version", version: 2 };
const LATEST: ScheduleStep = { step: "invoke-version", version: "$LATEST" };

describe("the steps of levers", () => {
  it("has the steps of each lever, and those that two levers have once", () => {
    expect(stepsOfLevers(["provisioned", "versions", "update"])).to.deep.equal([
      LATEST,
      { step: "provision" },
      V1,
      V2,
      { step: "update" },
    ]);
  });

  it("finds the levers of a schedule; an invocation of $LATEST needs none", () => {
    expect([
      leversIn([V2]),
      leversIn([LATEST, { step: "update" }]),
      leversIn([{ step: "provision" }, LATEST, V1]),
      leversIn([LATEST]),
    ]).to.deep.equal([["versions"], ["update"], ["versions", "provisioned"], []]);
  });

  it("finds the first step that no lever makes happen, also if its members are in another order", () => {
    expect([
      leverSchedule([{ version: 2, step: "invoke-version" }, V1, { step: "update" }]),
      leverSchedule([V1, { step: "invoke", environment: "new" }, { step: "peer-drops" }]),
    ]).to.deep.equal([
      { ok: true, steps: [V2, V1, { step: "update" }] },
      { ok: false, number: 2, step: { step: "invoke", environment: "new" } },
    ]);
  });

  it("invokes the first version once more only after another one", () => {
    const update: ScheduleStep = { step: "update" };
    const added = (...steps: readonly ScheduleStep[]) => withFirstAgain(steps).slice(steps.length);
    expect([
      added({ step: "provision" }, V1, V1, V2),
      added(V1, V2, V1),
      added(LATEST, update, LATEST),
      added(V1, V2, update),
      added(update),
    ]).to.deep.equal([[V1], [], [], [], []]);
  });

  for (const lever of SCHEDULED_LEVERS)
    it(`${lever}: random schedules have only its steps, and each of them can be played`, () => {
      fc.assert(
        fc.property(stepRequests(8, [lever]), (drawn) => {
          const steps = stepsOf(drawn, [lever]);
          return firstIllegal(steps) === null && leverSchedule(steps).ok;
        }),
      );
      expect(legalSteps(EMPTY_MODEL, [lever])).to.deep.equal(stepsOfLevers([lever]));
    });
});
