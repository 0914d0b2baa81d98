/**
 * Calibrates from soaks that were played from a known profile. The values of the profile must lie within the calibrated intervals. Hours are played
 * in memory.
 */
import { expect } from "chai";
import fc from "fast-check";
import { calibrate } from "../../../src/analysis/calibrate/calibrate.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import type { CalibratedRow, Figure } from "../../../src/result/calibration.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import type { Gap } from "../../../src/platform/platform-profile.ts";
import { fixtureResult } from "../../report/fixture-result.ts";
import { itInTestAll, propertyRuns } from "../../support/test-all.ts";
import { analyze } from "../analyze/judge.ts";
import { knownSoak, minutes, type KnownGaps } from "./known-soak.ts";

const judged = (...soak: Parameters<typeof knownSoak>): RunResult =>
  analyze(knownSoak(...soak), { ...DEFAULT_JUDGEMENT_SETTINGS, settleMs: 2_000 });

const contains = ({ low, high }: Figure, value: number): boolean =>
  (low ?? -Infinity) <= value && value <= (high ?? Infinity);

const gap = fc
  .record({ least: fc.integer({ min: 8, max: 90 }), more: fc.integer({ min: 1, max: 90 }) })
  .map(({ least, more }) => minutes(least, least + more));
const known: fc.Arbitrary<KnownGaps> = fc.record({
  retire: gap,
  ahead: gap,
  elsewhere: fc.option(
    fc
      .record({ least: fc.integer({ min: 120, max: 400 }), more: fc.integer({ min: 0, max: 400 }) })
      .map(({ least, more }) => minutes(least, least + more)),
  ),
});

describe("calibrate", () => {
  for (const ends of [true, false])
    (ends ? it : itInTestAll)(
      `finds the ranges of a known profile with the promised confidence, from evidence ${ends ? "with" : "without"} the ends of environments`,
      function () {
        this.timeout(600_000);
        let rows = 0;
        const missed: unknown[] = [];
        fc.assert(
          fc.property(known, fc.nat(), (profile, seed) => {
            const { gaps } = calibrate([
              { name: "known", result: judged(profile, { seed, hours: 168, ends }) },
            ]);
            const planned: Readonly<Record<CalibratedRow, Gap | null>> = {
              retire: profile.retire,
              "initialise-ahead": profile.ahead,
              "ahead-elsewhere": profile.elsewhere,
            };
            for (const { name, observed, leastMs, mostMs } of gaps) {
              const range = planned[name]?.everyMs;
              if (range === undefined) expect(observed).to.equal(0);
              else {
                rows += 1;
                if (!contains(leastMs, range[0]) || !contains(mostMs, range[1]))
                  missed.push({ name, range, observed, leastMs, mostMs, seed, profile });
              }
            }
          }),
          // The limit below (5 % of the rows) is for all cases together. So the number of cases does not come from propertyCases, which can
          // leave out the cases that `make test` runs.
          { numRuns: propertyRuns(40) },
        );
        expect(missed.length, `of ${rows} rows: ${JSON.stringify(missed)}`).to.be.at.most(
          Math.ceil(0.05 * rows),
        );
      },
    );

  it("measures the time between events of one kind only if at least 30 such times were observed completely", () => {
    const gaps = { retire: minutes(20, 40), ahead: minutes(120, 240), elsewhere: null };
    const rows = (hours: number) =>
      calibrate([{ name: "known", result: judged(gaps, { seed: 3, hours, ends: false }) }]).gaps.map(
        ({ name, observed, measured }) => ({ name, enough: observed >= 30, measured }),
      );
    expect(rows(36)).to.deep.equal([
      { name: "retire", enough: true, measured: true },
      { name: "initialise-ahead", enough: false, measured: false },
      { name: "ahead-elsewhere", enough: false, measured: false },
    ]);
    expect(rows(12).map(({ measured }) => measured)).to.deep.equal([false, false, false]);
  });

  it("counts every Init of the run once, and measures the time from each Init ahead of need to its first invocation", () => {
    const gaps = { retire: minutes(20, 60), ahead: minutes(30, 50), elsewhere: minutes(300, 700) };
    const result = judged(gaps, { seed: 1, hours: 48, ends: false });
    const { inits, aheadMs, lifeMs } = calibrate([{ name: "known", result }]);
    const [expected] = result.functions.map((one) => one.inits);
    expect(inits.total).to.equal(expected?.total);
    expect([inits.waitedFor, inits.ahead, inits.withoutInvoke].map(({ count }) => count)).to.deep.equal([
      expected?.waitedFor,
      expected?.ahead,
      expected?.withoutInvoke,
    ]);
    expect(inits.waitedFor.count + inits.ahead.count + inits.withoutInvoke.count + inits.other).to.equal(
      inits.total,
    );
    expect(aheadMs.observed).to.equal(expected?.ahead);
    const served = result.functions[0]?.environments.filter(({ invocations }) => invocations > 0).length;
    expect({ all: lifeMs.observed + lifeMs.open, open: lifeMs.open }).to.deep.equal({ all: served, open: 1 });
  });

  it("counts only the first function of a local run, because all its functions follow the same plan", () => {
    const gaps = { retire: minutes(20, 40), ahead: minutes(120, 240), elsewhere: null };
    const one = judged(gaps, { seed: 3, hours: 24, ends: true });
    const [first] = one.functions;
    if (first === undefined) throw new Error("the story has no function");
    const two = { ...one, functions: [first, { ...first, name: "other" }] };
    expect(calibrate([{ name: "two", result: two }])).to.deep.equal(
      calibrate([{ name: "one", result: one }]),
    );
  });

  const aws = (from: string, changes: Partial<RunResult["run"]> = {}): RunResult => {
    const result = fixtureResult();
    return { ...result, run: { ...result.run, target: "aws", id: from, from, ...changes } };
  };
  for (const { what, runs, message } of [
    {
      what: "the same run twice",
      runs: [aws("2026-11-25T01:02:03.000Z"), aws("2026-11-25T01:02:03.000Z")],
      message: /^run 1 and run 2: both observed the same run, so its environments would count twice\.$/,
    },
    {
      what: "two runs that observed one function at the same time",
      runs: [aws("2026-11-25T01:02:03.000Z"), aws("2026-11-25T01:02:10.000Z")],
      message: /^run 1 and run 2: both observed init-connect at the same time/,
    },
    {
      what: "runs of two platforms",
      runs: [aws("2026-11-25T01:02:03.000Z"), aws("2026-11-25T01:02:03.000Z", { target: "local" })],
      message: /one run is aws and one is local\. Expected runs of one platform\.$/,
    },
    {
      what: "a run without an invocation",
      runs: [{ ...aws("2026-11-25T01:02:03.000Z"), functions: [] }],
      message: /^run 1: the run shows no invocation in an execution environment\.$/,
    },
    {
      what: "a function with more than one invocation at a time",
      runs: [
        {
          ...aws("2026-11-25T01:02:03.000Z"),
          functions: fixtureResult().functions.map((one) => ({ ...one, reservedConcurrency: 2 })),
        },
      ],
      message: /^run 1: the function init-connect has reserved concurrency 2\. Expected 1/,
    },
  ])
    it(`refuses ${what}`, () => {
      expect(() => calibrate(runs.map((result, index) => ({ name: `run ${index + 1}`, result })))).to.throw(
        message,
      );
    });
});
