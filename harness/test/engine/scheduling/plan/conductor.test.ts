/** Tests the conductor, which carries out the entries of a plan at their offsets. */
import { expect } from "chai";
import type { PlanEntry } from "../../../../src/record/plan.ts";
import type { AppliedEntry, Plan } from "../../../../src/record/plan-file.ts";
import { startConductor, type Conductor } from "../../../../src/engine/scheduling/plan/conductor.ts";
import { BUILT_IN_PROFILES } from "../../../../src/platform/built-in-profiles.ts";
import { drawPlan } from "../../../../src/platform/draw-plan.ts";
import { epochMs } from "../../../../src/base/time.ts";
import { createFakeFleet, type FakeFleet } from "./fake-fleet.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

const START = 1_764_000_000_000;

describe("the conductor of a plan", () => {
  let clock: VirtualClock;
  let fleet: FakeFleet;
  let applied: AppliedEntry[];
  let updated: string[];

  beforeEach(() => {
    clock = createVirtualClock(START);
    fleet = createFakeFleet(clock);
    applied = [];
    updated = [];
  });

  const planOf = (entries: readonly PlanEntry[], durationMs = 60_000): Plan => ({
    schemaVersion: 1,
    profile: "test",
    seed: 0,
    durationMs,
    intervalMs: 1_000,
    placement: "oldest",
    entries,
  });
  const start = (plan: Plan, functions: readonly string[] = ["one"], startAt = START): Conductor =>
    startConductor({
      fleet,
      plan,
      functions,
      clock,
      startAt: epochMs(startAt),
      applied: (entry) => applied.push(entry),
      update(functionName) {
        updated.push(functionName);
        return Promise.resolve();
      },
    });
  /** Returns the entries without their times. */
  const results = (): unknown[] => applied.map(({ from: _from, to: _to, ...rest }) => rest);

  it("carries out each entry at its offset, for each function, with the plan's placement", async () => {
    const conductor = start(
      planOf([
        { offsetMs: 1_000, action: "place-next", placement: "newest" },
        { offsetMs: 2_500, action: "retire", selector: "oldest-idle", ending: "rst" },
        { offsetMs: 2_500, action: "crash", selector: "never-invoked" },
        { offsetMs: 4_000, action: "update" },
      ]),
      ["one", "two"],
      START + 500,
    );
    await clock.pass(10_000);
    await conductor.done;
    expect(fleet.calls.filter((call) => call.includes(" one "))).to.deep.equal([
      "0 one placement oldest",
      '1500 one place-next {"placement":"newest"}',
      '3000 one retire {"selector":"oldest-idle"} rst',
      '3000 one crash {"selector":"never-invoked"}',
    ]);
    expect(fleet.calls.filter((call) => call.includes(" two ")).length).to.equal(4);
    expect(updated).to.deep.equal(["one", "two"]);
    expect(applied.filter(({ functionName }) => functionName === "one")).to.deep.equal(
      [
        ["applied", 1_500],
        ["nothing-to-act-on", 3_000],
        ["nothing-to-act-on", 3_000],
        ["applied", 4_500],
      ].map(([result, at], entry) => ({
        functionName: "one",
        entry,
        result,
        from: new Date(START + Number(at)).toISOString(),
        to: new Date(START + Number(at)).toISOString(),
        environments: [],
        detail: null,
      })),
    );
    expect(clock.sleepers).to.equal(0);
  });

  it("reports an initialisation ahead at the end of its Init, even if the Init failed", async () => {
    fleet.initialisation = { lasts: 700, succeeds: false };
    const conductor = start(planOf([{ offsetMs: 100, action: "initialise-ahead" }]));
    await clock.pass(1_000);
    await conductor.done;
    expect(applied).to.deep.equal([
      {
        functionName: "one",
        entry: 0,
        result: "applied",
        from: new Date(START + 100).toISOString(),
        to: new Date(START + 800).toISOString(),
        environments: ["environment-1"],
        detail: "its Init failed",
      },
    ]);
  });

  it("reports an entry that failed, and carries out the next entry", async () => {
    fleet.breaks = "retire";
    const conductor = start(
      planOf([
        { offsetMs: 0, action: "retire", selector: "all-idle", ending: "fin" },
        { offsetMs: 10, action: "place-next", placement: "new" },
      ]),
    );
    await clock.pass(1_000);
    await conductor.done;
    expect(results()).to.deep.equal([
      { functionName: "one", entry: 0, result: "failed", environments: [], detail: "retire broke" },
      { functionName: "one", entry: 1, result: "applied", environments: [], detail: null },
    ]);
  });

  it("waits until an invocation is in flight, then crashes its environment", async () => {
    const conductor = start(planOf([{ offsetMs: 1_000, action: "crash", selector: "in-flight" }]));
    await clock.pass(1_800);
    expect(fleet.calls.length).to.equal(1);
    fleet.setState("one", "busy", "invoking");
    await clock.pass(200);
    await conductor.done;
    expect(fleet.calls.at(-1)).to.equal('1802 one crash {"selector":"in-flight"}');
  });

  it("stops waiting for an invocation in flight after two intervals", async () => {
    const conductor = start(planOf([{ offsetMs: 1_000, action: "crash", selector: "in-flight" }]));
    await clock.pass(5_000);
    await conductor.done;
    expect(results()).to.deep.equal([
      { functionName: "one", entry: 0, result: "nothing-to-act-on", environments: [], detail: null },
    ]);
  });

  describe("ahead-elsewhere", () => {
    const plan = planOf([{ offsetMs: 2_000, action: "ahead-elsewhere" }]);

    it("retires all environments, initialises one ahead, and places the next invocation in a new one", async () => {
      fleet.setState("one", "old", "idle");
      fleet.setState("two", "of another function", "idle");
      start(plan);
      await clock.pass(3_000);
      expect(fleet.calls).to.deep.equal([
        "0 one placement oldest",
        "2000 one hold",
        '2000 one retire {"every":true} fin',
        "2000 one initialise-ahead reserved",
        '2100 one place-next {"placement":"new"}',
        "2100 one release",
      ]);
      expect(results()).to.deep.equal([
        {
          functionName: "one",
          entry: 0,
          result: "applied",
          environments: ["old", "environment-1"],
          detail: "initialised ahead: environment-1",
        },
      ]);
    });

    it("initialises as many environments as the plan names, one after the other, and retires all of them", async () => {
      const conductor = start(planOf([{ offsetMs: 2_000, action: "ahead-elsewhere", environments: 2 }]));
      await clock.pass(3_000);
      for (let count = 0; count < 3; count += 1) fleet.invocationEnds("one");
      await clock.pass(20_000);
      await conductor.done;
      expect([results(), fleet.calls.slice(-2)]).to.deep.equal([
        [
          {
            functionName: "one",
            entry: 0,
            result: "applied",
            environments: ["environment-1", "environment-2"],
            detail: "initialised ahead: environment-1, environment-2",
          },
        ],
        [
          '7200 one retire {"environment":"environment-1"} fin',
          '7200 one retire {"environment":"environment-2"} fin',
        ],
      ]);
    });

    const retirement = '{"environment":"environment-1"} fin';
    it("retires the never-invoked environment after 5 s if three invocations have ended by then", async () => {
      const conductor = start(plan);
      await clock.pass(3_000);
      for (let count = 0; count < 3; count += 1) fleet.invocationEnds("one");
      await clock.pass(20_000);
      await conductor.done;
      expect(fleet.calls.at(-1)).to.equal(`7100 one retire ${retirement}`);
    });

    it("retires the never-invoked environment only when the third invocation has ended", async () => {
      const conductor = start(plan);
      await clock.pass(3_000);
      fleet.invocationEnds("one");
      fleet.invocationEnds("one");
      await clock.pass(17_000);
      expect(fleet.calls.at(-1)).to.equal("2100 one release");
      fleet.invocationEnds("one");
      await clock.pass(100);
      await conductor.done;
      expect(fleet.calls.at(-1))
        .to.match(/^200\d\d one retire/)
        .and.to.contain(retirement);
    });

    it("retires the never-invoked environment after three intervals if these are longer than 5 s", async () => {
      const conductor = start({ ...plan, intervalMs: 10_000 });
      await clock.pass(3_000);
      for (let count = 0; count < 3; count += 1) fleet.invocationEnds("one");
      await clock.pass(50_000);
      await conductor.done;
      expect(fleet.calls.at(-1)).to.equal(`32100 one retire ${retirement}`);
    });

    it("retires the never-invoked environment at the end of the plan at the latest", async () => {
      const conductor = start(plan);
      await clock.pass(60_100);
      await conductor.done;
      expect(fleet.calls.at(-1))
        .to.match(/^600\d\d one retire/)
        .and.to.contain(retirement);
    });

    it("carries out later entries before it retires the never-invoked environment, and retires no environment twice", async () => {
      const conductor = start(planOf([...plan.entries, { offsetMs: 4_000, action: "ahead-elsewhere" }]));
      await clock.pass(4_500);
      for (let count = 0; count < 3; count += 1) fleet.invocationEnds("one");
      await clock.pass(20_000);
      await conductor.done;
      expect(fleet.calls.filter((call) => call.includes("retire"))).to.deep.equal([
        '2000 one retire {"every":true} fin',
        '4000 one retire {"every":true} fin',
        '9100 one retire {"environment":"environment-2"} fin',
      ]);
    });

    it("releases the held invocations even if the initialisation fails", async () => {
      fleet.breaks = "initialiseAhead";
      const conductor = start(plan);
      await clock.pass(3_000);
      await conductor.done;
      expect(fleet.calls.at(-1)).to.equal("2000 one release");
      expect(results()).to.deep.equal([
        {
          functionName: "one",
          entry: 0,
          result: "failed",
          environments: [],
          detail: "initialiseAhead broke",
        },
      ]);
    });
  });

  describe("when stopped", () => {
    it("begins no further entry and leaves no timer running", async () => {
      const conductor = start(planOf([{ offsetMs: 9_000, action: "update" }], 90_000_000));
      await clock.pass(1_000);
      await conductor.stop();
      await conductor.done;
      expect({ updated, sleepers: clock.sleepers }).to.deep.equal({ updated: [], sleepers: 0 });
    });

    it("finishes the current step and retires the never-invoked environment", async () => {
      const conductor = start(
        planOf([
          { offsetMs: 1_000, action: "ahead-elsewhere" },
          { offsetMs: 1_001, action: "update" },
        ]),
      );
      await clock.pass(1_050);
      const stopped = conductor.stop();
      await clock.pass(1_000);
      await stopped;
      expect(fleet.calls.slice(-3)).to.deep.equal([
        '1100 one place-next {"placement":"new"}',
        "1100 one release",
        '1100 one retire {"environment":"environment-1"} fin',
      ]);
      expect({ updated, entries: applied.length, sleepers: clock.sleepers }).to.deep.equal({
        updated: [],
        entries: 1,
        sleepers: 0,
      });
    });
  });

  it("accounts for every entry of a plan that was drawn from a profile, once per function", async () => {
    const plan = drawPlan({
      profile: BUILT_IN_PROFILES.partition,
      seed: 5,
      durationMs: 120_000,
      intervalMs: 1_000,
    });
    const conductor = start(plan, ["one", "two"]);
    for (const name of ["one", "two"]) fleet.setState(name, `busy of ${name}`, "invoking");
    for (let second = 0; second < 130; second += 1) {
      for (const name of ["one", "two"]) fleet.invocationEnds(name);
      await clock.pass(1_000);
    }
    await conductor.done;
    for (const name of ["one", "two"]) {
      const entries = applied.filter(({ functionName }) => functionName === name).map(({ entry }) => entry);
      expect(entries).to.deep.equal(plan.entries.map((_, index) => index));
    }
    expect(clock.sleepers).to.equal(0);
  });
});
