/** Compares two runs: the intervals contain the true values as often as promised, and runs with nothing in common are refused. */
import { expect } from "chai";
import fc from "fast-check";
import { describeComparison } from "../../../src/report/wording/describe-comparison.ts";
import { compareRuns } from "../../../src/analysis/compare/compare-runs.ts";
import { differenceOf, quantileInterval, shareInterval } from "../../../src/analysis/verdict/intervals.ts";
import { isLongrunError } from "../../../src/base/errors.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { PeerResult } from "../../../src/result/peer-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { failingFunction, fixtureResult, passingFunction } from "../../report/fixture-result.ts";
import { propertyCases } from "../../support/test-all.ts";

const after = (changes: Partial<RunResult> = {}): RunResult => {
  const result = fixtureResult();
  return {
    ...result,
    run: {
      ...result.run,
      id: "20261126T010203Z-1",
      from: "2026-11-26T01:02:03.000Z",
      to: "2026-11-26T01:03:04.200Z",
    },
    ...changes,
  };
};
const before = (changes: Partial<FunctionResult> = {}): RunResult =>
  fixtureResult({ functions: [failingFunction({ name: "gateway", ...changes })] });
const fixed = (changes: Partial<FunctionResult> = {}): RunResult =>
  after({ functions: [passingFunction({ name: "gateway", ...changes })] });

/** Returns the probability of each count in `size` trials, by the definition of the binomial distribution. */
function binomial(size: number, probability: number): readonly number[] {
  const chances = [1];
  for (let trial = 0; trial < size; trial += 1) {
    for (let count = trial + 1; count >= 0; count -= 1)
      chances[count] = (chances[count] ?? 0) * (1 - probability) + (chances[count - 1] ?? 0) * probability;
  }
  return chances;
}

describe("intervals", () => {
  it("of a difference of shares contain the true difference with at least 95 % probability, whatever the shares are", () => {
    const probabilities = [0, 0.02, 0.1, 0.3, 0.5, 0.8, 0.97, 1];
    for (const [first, second] of [
      [1, 1],
      [3, 3],
      [2, 12],
      [7, 9],
    ] as const) {
      for (const from of probabilities) {
        for (const to of probabilities) {
          let covered = 0;
          binomial(first, from).forEach((chance, events) => {
            binomial(second, to).forEach((other, later) => {
              const figure = (count: number, trials: number) => ({
                ...shareInterval({ events: count, trials, share: null }),
                value: count / trials,
              });
              const difference = differenceOf(figure(events, first), figure(later, second));
              if ((difference?.low ?? -1) <= to - from + 1e-9 && to - from - 1e-9 <= (difference?.high ?? 1))
                covered += chance * other;
            });
          });
          expect(covered, `${from} of ${first}, ${to} of ${second}`).to.be.at.least(0.95);
        }
      }
    }
  });

  it("of a quantile begin and end at one of the given values, and miss the quantile on each side with at most 1.25 % probability", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0.5, 0.9, 0.99), (size, probability) => {
        const ranks = Array.from({ length: size }, (_, index) => index + 1);
        const { low, high } = quantileInterval(ranks, probability);
        const chances = binomial(size, probability);
        const fewerThan = (rank: number): number =>
          chances.slice(0, rank).reduce((sum, chance) => sum + chance, 0);
        if (low !== null) expect(fewerThan(low)).to.be.at.most(0.0125 + 1e-9);
        expect(fewerThan((low ?? 0) + 1)).to.be.above(0.0125 - 1e-9);
        if (high !== null) expect(1 - fewerThan(high)).to.be.at.most(0.0125 + 1e-9);
        if (high === null && size > 0) expect(1 - fewerThan(size)).to.be.above(0.0125 - 1e-9);
      }),
      propertyCases(150),
    );
  });

  it("of a median of ten values are the second and the ninth value", () => {
    expect([
      quantileInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.5),
      quantileInterval([4], 0.5),
      quantileInterval([], 0.5),
    ]).to.deep.equal([
      { low: 2, high: 9 },
      { low: null, high: null },
      { low: null, high: null },
    ]);
  });

  it("of unknown numbers are unknown", () => {
    expect(shareInterval({ events: 0, trials: 0, share: null })).to.deep.equal({ low: null, high: null });
    expect(differenceOf({ low: null, high: null, value: null }, { low: 0, high: 1, value: 0.5 })).to.equal(
      null,
    );
  });
});

describe("compareRuns", () => {
  it("pairs functions by name, and lists the functions without a partner", () => {
    const { functions, onlyBefore, onlyAfter } = compareRuns(
      fixtureResult(),
      after({ functions: [passingFunction({ name: "lease-connect" }), passingFunction()] }),
    );
    expect(
      functions.map((pair) => [pair.before, pair.after].map(({ name, index }) => `${name} ${index}`)),
    ).to.deep.equal([["handler-connect 1", "handler-connect 1"]]);
    expect([onlyBefore, onlyAfter]).to.deep.equal([["init-connect"], ["lease-connect"]]);
  });

  it("pairs the only functions of two runs, whatever their names, and says so", () => {
    const { functions, caveats } = describeComparison(compareRuns(before(), fixed({ name: "gateway-v2" })));
    expect(functions[0]?.after.name).to.equal("gateway-v2");
    expect(caveats).to.deep.equal([
      "Function gateway (before) is compared with function gateway-v2 (after): each is the only function of its run.",
    ]);
  });

  it("names two platforms that differ, and says only that they differ if one is the user's own file", () => {
    const on = (run: RunResult, platform: string | null): RunResult => ({
      ...run,
      run: { ...run.run, platform },
    });
    for (const [first, second, code] of [
      ["typical", null, "platforms-differ"],
      [null, "hostile", "platforms-differ"],
      ["typical", "hostile", "platforms-differ"],
      ["typical", "./mine.yaml", "own-platforms-differ"],
      ["./mine.yaml", null, "own-platforms-differ"],
      ["typical", "typical", null],
    ] as const) {
      const { caveats } = compareRuns(on(before(), first), on(fixed(), second));
      const found = caveats.filter((one) => one.code.endsWith("platforms-differ"));
      expect(found.map((one) => one.code)).to.deep.equal(code === null ? [] : [code]);
    }
  });

  it("counts several failures in a row as one failure, and claims no difference from only three exposures", () => {
    const [pair] = compareRuns(before(), fixed()).functions;
    const [harm, failures] = pair?.shares ?? [];
    expect([harm?.before, harm?.after, harm?.difference?.shows]).to.deep.equal([
      { events: 2, trials: 3, share: 2 / 3 },
      { events: 0, trials: 3, share: 0 },
      "neither",
    ]);
    expect([failures?.before, failures?.after]).to.deep.equal([
      { events: 2, trials: 50, share: 0.04 },
      { events: 0, trials: 60, share: 0 },
    ]);
    expect([pair?.before.failed, pair?.before.invocations, pair?.after.failed]).to.deep.equal([12, 60, 0]);
  });

  it("counts every kind of failed invocation, and no skipped one", () => {
    const { invocations } = failingFunction();
    const kinds = { planned: 60, skipped: 10, functionErrors: 2, throttled: 3, invocationErrors: 5 };
    const [pair] = compareRuns(before({ invocations: { ...invocations, ...kinds } }), fixed()).functions;
    expect([pair?.before.failed, pair?.before.invocations]).to.deep.equal([10, 50]);
  });

  it("claims a difference if there are enough exposures", () => {
    const many = (events: number): Partial<FunctionResult> => ({
      exposure: { ...failingFunction().exposure, total: 20 },
      statistics: { ...failingFunction().statistics, exposuresFailed: events },
    });
    const harm = compareRuns(before(many(20)), fixed(many(0))).functions[0]?.shares[0];
    expect([harm?.difference?.value, harm?.difference?.shows]).to.deep.equal([-1, "lower"]);
    expect(harm?.difference?.high).to.be.within(-0.7, -0.5);
  });

  it("shows the 99th percentile of sixty invocations, but no upper bound of its difference", () => {
    const [pair] = compareRuns(before(), fixed()).functions;
    const latency = pair?.lengths.find(({ name }) => name === "latencyMs.p99");
    expect(latency?.before).to.deep.equal({ count: 60, ms: failingFunction().latencyMs.p99 });
    expect([latency?.differenceMs?.high, latency?.differenceMs?.shows]).to.deep.equal([null, "neither"]);
  });

  it("counts the invocations of a long run that are not listed, and claims nothing about its latencies", () => {
    const { invocationList } = passingFunction();
    const long = fixed({ invocationList: [...invocationList].slice(0, 20), invocationsCondensed: 40 });
    const whole = compareRuns(before(), fixed()).functions[0];
    const { functions, caveats } = describeComparison(compareRuns(before(), long));
    expect(functions[0]?.shares).to.deep.equal(whole?.shares);
    expect(
      functions[0]?.lengths.map(({ name, differenceMs }) => [name, differenceMs === null]),
    ).to.deep.equal([
      ["latencyMs.p50", true],
      ["latencyMs.p90", true],
      ["latencyMs.p99", true],
      ["initDurationMs.p50", false],
      ["initDurationMs.p90", false],
    ]);
    expect(caveats.at(-1)).to.equal(
      "The latencies of gateway are shown without a difference: in a run with many invocations most of them are only counted.",
    );
  });

  it("does not count an unlisted invocation as a success if its outcome is unknown", () => {
    const { invocationList, invocations } = passingFunction();
    const long = fixed({
      invocationList: [...invocationList].slice(0, 20),
      invocationsCondensed: 40,
      invocations: { ...invocations, succeeded: 30, unknown: 30 },
    });
    expect(compareRuns(before(), long).functions[0]?.shares[1]?.after).to.deep.equal({
      events: 0,
      trials: 30,
      share: 0,
    });
  });

  it("claims nothing about a run without an exposure", () => {
    const none = {
      exposure: { ...failingFunction().exposure, total: 0 },
      statistics: { ...failingFunction().statistics, exposuresFailed: 0 },
    };
    const { functions, caveats } = describeComparison(compareRuns(before(), fixed(none)));
    expect([functions[0]?.shares[0]?.after.share, functions[0]?.shares[0]?.difference]).to.deep.equal([
      null,
      null,
    ]);
    expect(caveats).to.deep.equal([
      "gateway had no exposure after: the hazard never happened, so that run shows nothing about it.",
    ]);
  });

  it("says that exposures are unknown, not that there were none, if the peer's number of places is unknown", () => {
    const [finding] = passingFunction().findings;
    const uncounted = {
      exposure: { ...failingFunction().exposure, total: 0 },
      statistics: { ...failingFunction().statistics, exposuresFailed: 0 },
      findings:
        finding === undefined ? [] : [{ ...finding, code: "places-not-known" as const, parameters: {} }],
    };
    expect(describeComparison(compareRuns(before(), fixed(uncounted))).caveats).to.deep.equal([
      "It is not known whether gateway had an exposure after, because it is not known how many connections the peer served at one time: give --capacity.",
    ]);
  });

  it("says what else differs between the runs", () => {
    const { run } = after();
    const { caveats } = describeComparison(
      compareRuns(
        { ...before(), run: { ...before().run, from: "2026-11-27T00:00:00.000Z" } },
        {
          ...fixed(),
          run: { ...run, seed: 7, platform: "entries: []", durationMs: 90_000, status: "interrupted" },
        },
      ),
    );
    expect(caveats).to.deep.equal([
      "The run given as after began before the run given as before: swap them if you did not mean this.",
      "The runs differ in platform: at least one used a profile from a file.",
      "The runs differ in seed: 1 before, 7 after.",
      "The runs differ in length: 60s before, 90s after.",
      "Run 20261126T010203Z-1 did not end as planned (interrupted), but is compared anyway.",
    ]);
  });

  it("says, for each peer whose number of places differs between the runs, how many places it had before and after", () => {
    const places = (capacity: number | null) => ({ places: { capacity, peakPlaces: null } });
    const said = (first: Partial<FunctionResult>, second: Partial<FunctionResult>): readonly string[] =>
      describeComparison(compareRuns(before(first), fixed(second))).caveats;
    const why =
      " An exposure needs enough environments to hold all places, so exposures and harm of these runs cannot be compared directly.";
    expect(said(places(5), places(5))).to.deep.equal([]);
    expect(said({}, places(1))).to.deep.equal([]);
    expect(said({}, places(5))).to.deep.equal([
      `The peer of gateway had another number of places: 1 before, 5 after.${why}`,
    ]);
    expect(said(places(5), places(null))).to.deep.equal([
      `The peer of gateway had another number of places: 5 before, unknown after.${why}`,
    ]);
    const peer = (name: string, capacity: number): PeerResult => ({
      name,
      address: "127.0.0.1:7000",
      protocol: null,
      verdict: "pass",
      reasons: [],
      capacity,
      peakPlaces: null,
      exposure: 1,
      harm: 0,
    });
    expect(
      said({ peers: [peer("db", 1), peer("cache", 2)] }, { peers: [peer("db", 1), peer("cache", 9)] }),
    ).to.deep.equal([`The peer cache of gateway had another number of places: 2 before, 9 after.${why}`]);
  });

  it("returns the same comparison for the same results, and does not change the results", () => {
    const [one, other] = [before(), fixed()];
    const copies = structuredClone([one, other]);
    expect(compareRuns(one, other)).to.deep.equal(compareRuns(one, other));
    expect([one, other]).to.deep.equal(copies);
  });

  const refused: readonly {
    readonly title: string;
    readonly runs: readonly [RunResult, RunResult];
    readonly says: RegExp;
  }[] = [
    {
      title: "a run with itself",
      runs: [before(), before()],
      says: /cannot be compared: both are the run 20261125T010203Z-1\.$/u,
    },
    {
      title: "a local run with a run on AWS",
      runs: [before(), { ...fixed(), run: { ...fixed().run, target: "aws" } }],
      says: /one ran on the local engine, the other ran on AWS Lambda/u,
    },
    {
      title: "runs without a common function",
      runs: [
        fixtureResult(),
        after({ functions: [passingFunction({ name: "a" }), passingFunction({ name: "b" })] }),
      ],
      says: /they have no function name in common \(20261125T010203Z-1 has init-connect, handler-connect; 20261126T010203Z-1 has a, b\)/u,
    },
    {
      title: "a run without a judged function",
      runs: [fixtureResult({ functions: [] }), fixed()],
      says: /20261125T010203Z-1 has none; /u,
    },
    {
      title: "a run without an invocation",
      runs: [before(), fixed({ invocationList: [] })],
      says: /gateway was never invoked in run 20261126T010203Z-1/u,
    },
  ];
  for (const { title, runs, says } of refused) {
    it(`refuses ${title}`, () => {
      let thrown: unknown = null;
      try {
        compareRuns(...runs);
      } catch (error) {
        thrown = error;
      }
      expect(isLongrunError(thrown) && thrown.code).to.equal("usage");
      expect((thrown as Error).message).to.match(says);
    });
  }
});
