import { expect } from "chai";
import fc from "fast-check";
import { LongrunError } from "../../src/base/errors.ts";
import type { PlanEntry } from "../../src/record/plan.ts";
import { BUILT_IN_PROFILES } from "../../src/platform/built-in-profiles.ts";
import { drawPlan } from "../../src/platform/draw-plan.ts";
import { silentLifeMs } from "../../src/words/silent-life.ts";
import { propertyCases } from "../support/test-all.ts";

const seed = fc.oneof(fc.nat(), fc.maxSafeNat());
/** Draws a run of at most a day, with an interval that gives at least twenty invocations. */
const run = fc
  .tuple(fc.integer({ min: 20_000, max: 86_400_000 }), fc.integer({ min: 20, max: 400 }))
  .map(([durationMs, invocations]) => ({
    durationMs,
    intervalMs: Math.max(100, Math.floor(durationMs / invocations)),
  }));
const profile = fc.constantFrom(...Object.values(BUILT_IN_PROFILES));
const aheads = (entries: readonly PlanEntry[]): number[] =>
  entries.filter(({ action }) => action === "ahead-elsewhere").map(({ offsetMs }) => offsetMs);
const minute = { durationMs: 60_000, intervalMs: 1_000 };

describe("drawPlan", () => {
  it("returns the same bytes for the same profile, seed, duration and interval", () => {
    fc.assert(
      fc.property(profile, seed, run, (drawn, drawnSeed, times) => {
        const options = { profile: drawn, seed: drawnSeed, ...times };
        expect(JSON.stringify(drawPlan(options))).to.equal(JSON.stringify(drawPlan(options)));
      }),
    );
  });

  it("returns the recorded bytes, because another plan would change the meaning of a seed", () => {
    const plan = drawPlan({ profile: BUILT_IN_PROFILES.typical, seed: 1, ...minute });
    expect(JSON.stringify(plan.entries)).to.equal(TYPICAL_OF_SEED_1);
  });

  it("refuses a plan with too many entries, however long the run is", () => {
    const draw = (durationMs: number) => () =>
      drawPlan({ profile: BUILT_IN_PROFILES.hostile, seed: 1, durationMs, intervalMs: 1_000 });
    for (const days of [15, 1e12])
      expect(draw(days * 86_400_000)).to.throw(
        LongrunError,
        "the plan of hostile has at most 1,000,000 entries",
      );
  });

  it("returns the same plan for one and for three environments ahead, except for the number of environments in its entries", () => {
    const one = drawPlan({ profile: BUILT_IN_PROFILES.hostile, seed: 1, ...minute });
    const three = drawPlan({ profile: BUILT_IN_PROFILES.hostile, seed: 1, ...minute, ahead: 3 });
    expect(three.entries).to.deep.equal(
      one.entries.map((entry) => (/ahead/.test(entry.action) ? { ...entry, environments: 3 } : entry)),
    );
  });

  it("returns offsets in ascending order, inside the run, as whole milliseconds", () => {
    fc.assert(
      fc.property(profile, seed, run, (drawn, drawnSeed, times) => {
        const offsets = drawPlan({ profile: drawn, seed: drawnSeed, ...times }).entries.map(
          ({ offsetMs }) => offsetMs,
        );
        expect(offsets).to.deep.equal([...offsets].sort((one, other) => one - other));
        expect(
          offsets.every((offset) => Number.isInteger(offset) && offset >= 0 && offset < times.durationMs),
        ).to.equal(true);
      }),
    );
  });

  it("has no events under calm", () => {
    const plan = drawPlan({ profile: BUILT_IN_PROFILES.calm, seed: 1, ...minute });
    expect(plan).to.deep.equal({
      schemaVersion: 1,
      profile: "calm",
      seed: 1,
      durationMs: 60_000,
      intervalMs: 1_000,
      placement: "most-recent",
      entries: [],
    });
  });

  it("draws different plans for different seeds: the number, the times and the kinds of events differ", () => {
    const plans = Array.from({ length: 50 }, (_, index) =>
      drawPlan({ profile: BUILT_IN_PROFILES.typical, seed: index, ...minute }),
    );
    expect(new Set(plans.map(({ entries }) => JSON.stringify(entries))).size).to.equal(50);
    expect(new Set(plans.map(({ entries }) => aheads(entries).length)).size).to.be.greaterThan(1);
    expect(
      new Set(plans.map(({ entries }) => entries.map(({ action }) => action).join())).size,
    ).to.be.greaterThan(10);
  });

  it("uses all bits of a seed", () => {
    const draw = (value: number): string =>
      JSON.stringify(drawPlan({ profile: BUILT_IN_PROFILES.hostile, seed: value, ...minute }).entries);
    expect(new Set([1, 1 + 2 ** 32, 1 + 2 ** 40, 2 ** 31, 2 ** 32].map(draw)).size).to.equal(5);
  });

  it("has no event at the end of the run, so that an invocation follows every event", () => {
    fc.assert(
      fc.property(profile, seed, run, (drawn, drawnSeed, { durationMs, intervalMs }) => {
        const last =
          drawPlan({ profile: drawn, seed: drawnSeed, durationMs, intervalMs }).entries.at(-1)?.offsetMs ?? 0;
        expect(last).to.be.at.most(durationMs - Math.min(3 * intervalMs, durationMs / 2));
      }),
    );
  });

  for (const [name, broken] of Object.entries({
    "a negative seed": { seed: -1 },
    "a seed that is not a whole number": { seed: 1.5 },
    "no duration": { durationMs: 0 },
  })) {
    it(`refuses ${name}`, () => {
      expect(() => drawPlan({ profile: BUILT_IN_PROFILES.calm, seed: 1, ...minute, ...broken })).to.throw();
    });
  }

  describe("under typical", () => {
    it("has an ahead-elsewhere in the first half, so early that all of its harm lies within the run", () => {
      fc.assert(
        fc.property(seed, run, (drawnSeed, { durationMs, intervalMs }) => {
          const plan = drawPlan({
            profile: BUILT_IN_PROFILES.typical,
            seed: drawnSeed,
            durationMs,
            intervalMs,
          });
          const [first = Number.NaN] = aheads(plan.entries);
          expect(first).to.be.below(durationMs / 2);
          expect(first + silentLifeMs(intervalMs) + 3 * intervalMs).to.be.at.most(durationMs);
        }),
        propertyCases(1_000),
      );
    });

    it("has an ahead-elsewhere, and an invocation after it, even in the shortest and slowest runs", () => {
      const slow = fc.tuple(fc.integer({ min: 20_000, max: 600_000 }), fc.integer({ min: 3, max: 20 }));
      fc.assert(
        fc.property(seed, slow, (drawnSeed, [durationMs, invocations]) => {
          const intervalMs = Math.floor(durationMs / invocations);
          const plan = drawPlan({
            profile: BUILT_IN_PROFILES.typical,
            seed: drawnSeed,
            durationMs,
            intervalMs,
          });
          const [first = Number.NaN] = aheads(plan.entries);
          expect(first).to.be.below(durationMs / 2);
          expect(first + intervalMs).to.be.below(durationMs);
        }),
      );
    });

    it("has no other event while the never-invoked environment of an ahead-elsewhere lives", () => {
      fc.assert(
        fc.property(seed, run, (drawnSeed, { durationMs, intervalMs }) => {
          const { entries } = drawPlan({
            profile: BUILT_IN_PROFILES.typical,
            seed: drawnSeed,
            durationMs,
            intervalMs,
          });
          const others = entries.filter(({ action }) => action !== "ahead-elsewhere");
          for (const start of aheads(entries)) {
            const within = others.filter(
              ({ offsetMs }) =>
                offsetMs > start && offsetMs < start + silentLifeMs(intervalMs) + 3 * intervalMs,
            );
            expect(within).to.deep.equal([]);
          }
        }),
      );
    });

    it("has no actions except ahead-elsewhere, initialise-ahead and the retirement of an idle environment with a FIN", () => {
      const plan = drawPlan({
        profile: BUILT_IN_PROFILES.typical,
        seed: 3,
        durationMs: 3_600_000,
        intervalMs: 1_000,
      });
      const kinds = new Set(plan.entries.map(({ offsetMs: _, ...action }) => JSON.stringify(action)));
      expect([...kinds].sort()).to.deep.equal([
        '{"action":"ahead-elsewhere"}',
        '{"action":"initialise-ahead"}',
        '{"action":"retire","selector":"most-recent-idle","ending":"fin"}',
      ]);
    });
  });

  describe("under hostile and partition", () => {
    const endsInFlight = (entries: readonly PlanEntry[]): PlanEntry[] =>
      entries.filter((entry) => entry.action === "retire" && entry.selector === "in-flight");

    it("places an invocation in a new environment in the first half of a run of one minute, for any seed", () => {
      fc.assert(
        fc.property(
          seed,
          fc.constantFrom(BUILT_IN_PROFILES.hostile, BUILT_IN_PROFILES.partition),
          (drawnSeed, drawn) => {
            const { entries } = drawPlan({ profile: drawn, seed: drawnSeed, ...minute });
            expect(
              entries.some(
                (entry) =>
                  entry.action === "place-next" && entry.placement === "new" && entry.offsetMs < 30_000,
              ),
            ).to.equal(true);
          },
        ),
      );
    });

    it("ends no environment during an invocation under hostile, for any seed", () => {
      fc.assert(
        fc.property(seed, run, (drawnSeed, times) => {
          expect(
            endsInFlight(drawPlan({ profile: BUILT_IN_PROFILES.hostile, seed: drawnSeed, ...times }).entries),
          ).to.deep.equal([]);
        }),
      );
    });

    it("under partition, ends environments silently during an invocation, without FIN and RST", () => {
      fc.assert(
        fc.property(seed, (drawnSeed) => {
          const { entries } = drawPlan({ profile: BUILT_IN_PROFILES.partition, seed: drawnSeed, ...minute });
          expect(
            endsInFlight(entries).some((entry) => entry.action === "retire" && entry.ending === "silence"),
          ).to.equal(true);
        }),
      );
    });

    it("under hostile, uses every action, every ending, and every placement except the default one within ten minutes", () => {
      const { entries } = drawPlan({
        profile: BUILT_IN_PROFILES.hostile,
        seed: 9,
        durationMs: 600_000,
        intervalMs: 1_000,
      });
      const seen = new Set(
        entries.flatMap((entry) => [
          entry.action,
          ...("ending" in entry ? [entry.ending] : []),
          ...("placement" in entry ? [entry.placement] : []),
        ]),
      );
      expect([...seen].sort()).to.deep.equal([
        "ahead-elsewhere",
        "crash",
        "fin",
        "initialise-ahead",
        "new",
        "newest",
        "oldest",
        "place-next",
        "retire",
        "rst",
        "silence",
        "update",
      ]);
    });
  });
});

const TYPICAL_OF_SEED_1 = JSON.stringify([
  { offsetMs: 14131, action: "retire", selector: "most-recent-idle", ending: "fin" },
  { offsetMs: 16493, action: "initialise-ahead" },
  { offsetMs: 25646, action: "ahead-elsewhere" },
  { offsetMs: 36379, action: "initialise-ahead" },
  { offsetMs: 51898, action: "retire", selector: "most-recent-idle", ending: "fin" },
  { offsetMs: 52788, action: "initialise-ahead" },
]);
