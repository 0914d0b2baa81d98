/** The parts of a result that are numbers: thresholds, statistics, quantiles, expectations and exit codes. */
import { expect } from "chai";
import { durationMs } from "../../../src/base/time.ts";
import fc from "fast-check";
import { expectationsMet } from "../../../src/analysis/verdict/exit-code.ts";
import { checkThresholds } from "../../../src/analysis/verdict/check-thresholds.ts";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import { parseThreshold, THRESHOLD_PATHS } from "../../../src/words/parse-threshold.ts";
import { quantiles } from "../../../src/analysis/verdict/quantiles.ts";
import {
  exposureStatistics,
  failureRateUpper,
  type StatisticsInput,
} from "../../../src/analysis/verdict/statistics.ts";
import { thresholdProblems } from "../../../src/cli/threshold-problems.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { Verdict } from "../../../src/words/verdict.ts";
import { statisticsSentence } from "../../../src/report/wording/statistics-sentence.ts";
import { aheadElsewhere, calm, handlerConnect, initConnect, type Design } from "./designs.ts";
import { analyze, judge, verdictOf } from "./judge.ts";
import { TestRun } from "./story.ts";
import { propertyCases } from "../../support/test-all.ts";

function ahead(design: Design): Evidence {
  const run = new TestRun();
  aheadElsewhere(run, design);
  return run.end();
}

describe("the error that a run notes if nothing has succeeded", () => {
  const error = {
    failed: 2,
    times: 2,
    errorType: "KeyError",
    errorMessage: "'NAME'",
    lines: ['File "/var/task/app.py", line 2'],
    logStream: "2026/11/26/[$LATEST]1",
  };
  const withError = (evidence: Evidence): Evidence => {
    const journal = evidence.journal ?? [];
    const last = journal.at(-1);
    if (last === undefined) throw new Error("the story has a journal");
    const { sequence, time, monotonicMs } = last;
    const said = { event: "nothing-succeeded", function: judge(evidence).name, ...error } as const;
    return {
      ...evidence,
      journal: [...journal, { ...said, sequence: sequence + 1, time, monotonicMs }],
    };
  };

  it("is in the result", () => {
    const run = new TestRun();
    const failing = withError(run.end());
    expect(judge(failing)).to.deep.include({ nothingSucceeded: error });
  });

  it("is left out of the result if an invocation succeeded, as can happen after the run was resumed", () => {
    expect(judge(withError(ahead(handlerConnect)))).not.to.have.property("nothingSucceeded");
  });
});

describe("a threshold", () => {
  for (const [expression, path, comparison, limit] of [
    ["harm.total < 1", "harm.total", "<", 1],
    ["  initDurationMs.p99<=800.5 ", "initDurationMs.p99", "<=", 800.5],
    ["exposure.total >= 5", "exposure.total", ">=", 5],
    ["invocations.functionErrors==0", "invocations.functionErrors", "==", 0],
  ] as const) {
    it(`written as '${expression}' is read`, () => {
      expect(parseThreshold(expression)).to.deep.equal({
        ok: true,
        threshold: { expression: expression.trim(), path, comparison, limit },
      });
    });
  }

  for (const [expression, telling] of [
    ["", "expected PATH <|<=|>|>=|==|!= NUMBER"],
    ["harm.total", "expected PATH"],
    ["harm.total < many", "expected PATH"],
    ["harm.totals < 1", "there is no 'harm.totals'; expected one of harm.total, harm.delayed"],
    ["LATENCYMS.p95 < 1", "expected one of latencyMs.count, latencyMs.min, latencyMs.p50"],
    ["hurt < 1", "there is no 'hurt'; expected a figure of invocations, exposure, harm, takenOver, inits"],
    ["1 > harm.total", "expected PATH"],
  ] as const) {
    it(`written as '${expression}' is refused, and the message says what was expected`, () => {
      const [problem] = thresholdProblems([expression]);
      expect(problem?.where).to.equal(`--threshold ${expression}`);
      expect(problem?.text).to.include(telling);
    });
  }

  it("can name each of THRESHOLD_PATHS, and a result has a number for each, except perhaps for inits.aheadMs", () => {
    const result = judge(ahead(handlerConnect), {
      thresholds: THRESHOLD_PATHS.map((path) => `${path} >= 0`),
    });
    // In this run, no environment that was initialised ahead of need was invoked, so the quantiles of `inits.aheadMs` are null.
    const nothingAhead = (path: string): boolean => path.startsWith("inits.aheadMs");
    expect(
      result.thresholds.filter((one) => one.actual === null && !nothingAhead(one.expression)),
    ).to.deep.equal([]);
  });

  it("that does not hold gives the verdict fail to a function that would otherwise pass", () => {
    expect(verdictOf(ahead(handlerConnect), { thresholds: ["exposure.total >= 5"] })).to.equal(
      "fail threshold",
    );
    expect(
      verdictOf(ahead(handlerConnect), { thresholds: ["exposure.total >= 1", "harm.total < 1"] }),
    ).to.equal("pass");
  });

  it("that does not hold is listed together with harm in the reasons of a fail", () => {
    expect(verdictOf(ahead(initConnect), { thresholds: ["harm.total < 1"] })).to.equal("fail harm threshold");
  });

  const numbers = judge(ahead(handlerConnect));
  for (const [expression, whole, partial] of [
    ["exposure.total < 1", false, false],
    ["exposure.total >= 1", true, true],
    ["exposure.total >= 5", false, null],
    ["harm.total < 1", true, null],
    ["latencyMs.p99 < 0.001", false, null],
    ["invocations.unknown < 0", false, null],
  ] as const) {
    it(`'${expression}' is ${String(whole)} with complete evidence and ${String(partial)} with missing evidence`, () => {
      const holds = [true, false].map(
        (complete) => checkThresholds([expression], numbers, () => complete)[0]?.holds,
      );
      expect(holds).to.deep.equal([whole, partial]);
    });
  }
});

describe("the number of invocations that were served beside another live environment", () => {
  for (const [name, design, served] of [
    ["handler-connect", handlerConnect, 12],
    ["init-connect", initConnect, 0],
  ] as const)
    it(`is ${served} for ${name}: of 17 invocations, 5 come before the other environment, whose life is assumed from its Init on`, () => {
      const run = new TestRun();
      aheadElsewhere(run, design, { during: 7 });
      const { exposure } = judge(run.end());
      expect([exposure.total, exposure.served]).to.deep.equal([1, served]);
    });

  it("has a sentence if it is not 0", () => {
    const sentences = [0, 1, 2].map((number) =>
      statisticsSentence({
        statistics: exposureStatistics({
          exposures: 1,
          exposuresFailed: 0,
          harmedUnexposed: 0,
          harmUnknown: false,
          durationMs: durationMs(1_000),
        }),
        findings: [],
        exposure: { total: 1, served: number },
      }),
    );
    expect(sentences.map((one) => one.slice(sentences[0]?.length))).to.deep.equal([
      "",
      " 1 invocation was served although another environment was alive that could have held the peer.",
      " 2 invocations were served although another environment was alive that could have held the peer.",
    ]);
  });

  it("is absent without an exposure", () => {
    const run = new TestRun();
    calm(run, handlerConnect);
    expect(judge(run.end()).exposure).not.to.have.property("served");
  });
});

describe("the length of run that an exposure needs", () => {
  it("is not told if levers made exposures, because they are no rate of the platform", () => {
    const text = statisticsSentence({
      statistics: exposureStatistics({
        ...{ exposures: 3, exposuresFailed: 3, harmedUnexposed: 0, harmUnknown: false },
        durationMs: durationMs(60_000),
      }),
      findings: [],
      exposure: { total: 3, provoked: [{ lever: "versions", exposures: 2 }] },
    });
    expect(text).to.match(/^2 of 3 exposures came from --provoke \(versions\), so this run says nothing/);
    expect(text).to.not.include("must last");
  });
});

describe("the upper bound on the failure rate per exposure", () => {
  const KNOWN = { harmUnknown: false } as const;
  const sentence = (given: StatisticsInput): string =>
    statisticsSentence({
      statistics: exposureStatistics(given),
      findings: [],
      exposure: { total: given.exposures },
    });

  it("follows the rule of three if nothing failed, and is 1 if everything failed", () => {
    expect([failureRateUpper(0, 0), failureRateUpper(3, 3)]).to.deep.equal([null, 1]);
    expect(failureRateUpper(0, 10)).to.be.closeTo(1 - 0.05 ** (1 / 10), 1e-9);
  });

  it("is exact: if the rate were as high as the bound, this number of failures or fewer would have a probability of 5 %", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (trials, part) => {
          const failures = Math.floor(part * trials);
          const bound = failureRateUpper(failures, trials) ?? 0;
          // P(X <= failures) of a binomial distribution, as a plain sum.
          let term = Math.exp(trials * Math.log1p(-bound));
          let sum = term;
          for (let k = 1; k <= failures; k += 1) {
            term *= ((trials - k + 1) / k) * (bound / (1 - bound));
            sum += term;
          }
          // The bound is exact to about 1e-5, and the sum changes up to 40 times as fast as the bound.
          if (term > 0 && Number.isFinite(sum)) expect(sum).to.be.closeTo(0.05, 5e-4);
        },
      ),
    );
  });

  it("comes with the run length needed to see an exposure with 95 % probability; without any exposure, a sentence says how rare exposures are", () => {
    expect(
      exposureStatistics({
        exposures: 4,
        exposuresFailed: 0,
        harmedUnexposed: 0,
        durationMs: durationMs(60_000),
        ...KNOWN,
      }),
    ).to.deep.include({
      exposuresFailed: 0,
      runLengthFor95PercentMs: 44_936,
    });
    expect(
      sentence({
        exposures: 0,
        exposuresFailed: 0,
        harmedUnexposed: 0,
        durationMs: durationMs(3_600_000),
        ...KNOWN,
      }),
    ).to.include("exposures are rarer than 3 per 60 min, with 95 % confidence");
    expect(
      exposureStatistics({ exposures: 2, exposuresFailed: 0, harmedUnexposed: 0, durationMs: null, ...KNOWN })
        .runLengthFor95PercentMs,
    ).to.equal(null);
  });

  for (const [length, text] of [
    [400, "1s"],
    [61_000, "61s"],
    [3_600_000, "60 min"],
    [9_000_000, "2.5 h"],
    [314_340_000, "3.6 days"],
  ] as const) {
    it(`has a sentence with ${length} ms written in readable units`, () => {
      const given = {
        exposures: 0,
        exposuresFailed: 0,
        harmedUnexposed: 0,
        durationMs: durationMs(length),
        ...KNOWN,
      };
      expect(sentence(given)).to.match(new RegExp(`^No exposure in ${text}:`));
    });
  }

  it("is not given if it is not known whether an invocation was harmed", () => {
    const given = {
      exposures: 4,
      exposuresFailed: 0,
      harmedUnexposed: 0,
      durationMs: durationMs(60_000),
      harmUnknown: true,
    };
    expect(exposureStatistics(given).failureRatePerExposureUpper95).to.equal(null);
    expect(sentence(given)).to.match(/ It is not known how many of 4 exposures did harm\.$/);
    expect(sentence({ ...given, exposuresFailed: 1, harmedUnexposed: 1 })).to.match(
      / At least 1 of 4 exposures did harm\. 1 more pair of environments had harm, although [^.]*\.$/,
    );
    expect(sentence({ ...given, exposures: 1 })).to.match(
      / It is not known whether the exposure did harm\.$/,
    );
    expect(sentence({ ...given, exposures: 0 })).to.match(/more hostile\.$/);
  });

  it("counts harm without a known exposure as a failed trial, and its sentence says so", () => {
    const given = {
      exposures: 4,
      exposuresFailed: 0,
      harmedUnexposed: 1,
      durationMs: durationMs(60_000),
      ...KNOWN,
    };
    const { failureRatePerExposureUpper95, exposuresFailed } = exposureStatistics(given);
    expect([exposuresFailed, failureRatePerExposureUpper95]).to.deep.equal([0, failureRateUpper(1, 5)]);
    expect(sentence(given)).to.include(
      "0 of 4 exposures did harm. 1 more pair of environments had harm, although no log line shows that both environments were alive at the same START. At most 66 %",
    );
  });
});

describe("quantiles", () => {
  it("of an empty list are null, never 0", () => {
    expect(quantiles([null, null])).to.deep.equal({
      count: 0,
      min: null,
      p50: null,
      p90: null,
      p99: null,
      max: null,
    });
  });

  it("ignore unknown values and keep three digits", () => {
    const { count, min, p50, max } = quantiles([
      ...Array.from({ length: 1_000 }, (_, index) => index + 1),
      null,
    ]);
    expect([count, min, max]).to.deep.equal([1_000, 1, 1_000]);
    expect(p50).to.be.closeTo(500, 1);
  });

  it("never leave the range of the values", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 1 }), (values) => {
        const { min, p50, p90, p99, max } = quantiles(values);
        const ordered = [min, p50, p90, p99, max].map((value) => value ?? NaN);
        expect([min, max]).to.deep.equal([Math.min(...values), Math.max(...values)]);
        expect([...ordered].sort((a, b) => a - b)).to.deep.equal(ordered);
      }),
      propertyCases(200),
    );
  });
});

describe("expectations and exit codes", () => {
  const settings = DEFAULT_JUDGEMENT_SETTINGS;
  const run = (
    design: Design,
    expectations: Record<string, Verdict>,
    thresholds: readonly string[] = [],
  ): (number | boolean | null)[] => {
    const result = analyze(ahead(design), { ...settings, expectations, thresholds });
    return [result.expectationsMet, result.exitCode];
  };

  it("without an expectation, the verdict decides the exit code", () => {
    const quiet = new TestRun();
    calm(quiet, handlerConnect);
    expect([
      run(handlerConnect, {}),
      run(initConnect, {}),
      analyze(quiet.end(), settings).exitCode,
    ]).to.deep.equal([[null, 0], [null, 1], 2]);
  });

  it("an expected fail is met if the reason is harm", () => {
    expect(run(initConnect, { f: "fail" })).to.deep.equal([true, 0]);
  });

  it("an expected fail is not met if the only reason is a threshold", () => {
    expect(run(handlerConnect, { f: "fail" }, ["exposure.total >= 5"])).to.deep.equal([false, 1]);
  });

  it("an expectation for a function that is not in the run is not met", () => {
    expect(run(handlerConnect, { g: "pass" })).to.deep.equal([false, 1]);
  });

  it("every function without an expectation has to pass", () => {
    const one = (name: string, verdict: Verdict, expectationMet: boolean | null): FunctionResult => ({
      ...judge(ahead(handlerConnect)),
      name,
      verdict,
      expectationMet,
    });
    expect(expectationsMet([one("a", "fail", true), one("b", "pass", null)], { a: "fail" })).to.equal(true);
    expect(expectationsMet([one("a", "fail", true), one("b", "inconclusive", null)], { a: "fail" })).to.equal(
      false,
    );
  });

  it("an interrupted run has the exit code 130", () => {
    const evidence = ahead(handlerConnect);
    if (evidence.manifest === null) throw new Error("a run has a manifest");
    expect(
      analyze({ ...evidence, manifest: { ...evidence.manifest, status: "interrupted" } }, settings).exitCode,
    ).to.equal(130);
  });
});
