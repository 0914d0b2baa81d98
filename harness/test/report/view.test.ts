/** Tests the words and numbers of the report: times, names, headline and notes. */
import { expect } from "chai";
import fc from "fast-check";
import {
  formatClock,
  formatInstant,
  formatLength,
  formatOffset,
  instantOf,
} from "../../src/report/view/format-time.ts";
import { environmentNames } from "../../src/report/view/environment-names.ts";
import { reportNaming } from "../../src/report/view/report-naming.ts";
import { environmentsOf } from "../../src/report/wording/finding-sentence.ts";
import { runStart, viewModel } from "../../src/report/view/view-model.ts";
import { samePlanFlags } from "../../src/report/view/run-details.ts";
import type { Finding } from "../../src/result/finding-result.ts";
import { parseDuration } from "../../src/base/time.ts";
import { failingFunction, finding, fixtureResult, passingFunction, RUN_START } from "./fixture-result.ts";

describe("times of the report", () => {
  const offsets = [
    [0, 0, "00:00"],
    [59_999, 0, "00:59"],
    [61_234, 1, "01:01.2"],
    [61_234, 3, "01:01.234"],
    [3_600_000, 0, "1:00:00"],
    [273_906_000, 0, "3d 04:05:06"],
    [-5_000, 0, "-00:05"],
    [-400, 0, "00:00"],
    [299.9999999999, 1, "00:00.3"],
  ] as const;
  for (const [offset, decimals, wanted] of offsets) {
    it(`writes ${offset} ms since the start with ${decimals} decimals as ${wanted}`, () =>
      expect(formatOffset(offset, decimals)).to.equal(wanted));
  }

  const lengths = [
    [0, "0 ms"],
    [0.44, "0.4 ms"],
    [41.2, "41 ms"],
    [999.6, "1 s"],
    [8_123, "8.1 s"],
    [59_960, "1 min"],
    [125_000, "2 min 5 s"],
    [3_599_700, "1 h"],
    [12_000_000, "3 h 20 min"],
    [187_200_000, "2 d 4 h"],
  ] as const;
  for (const [length, wanted] of lengths) {
    it(`writes a length of ${length} ms as ${wanted}`, () => expect(formatLength(length)).to.equal(wanted));
  }

  it("never writes 60 s or 60 min instead of the larger unit", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4e8, noNaN: true }), (length) => {
        expect(formatLength(length)).to.not.match(/\b(1000 ms|60 s|60 min|24 h)\b/u);
      }),
    );
  });

  it("writes instants in UTC", () => {
    expect([formatInstant(RUN_START), formatClock(RUN_START + 4)]).to.deep.equal([
      "25 Nov 2026 01:02:03 UTC",
      "01:02:03.004 UTC",
    ]);
    expect([instantOf(null), instantOf("soon"), instantOf("2026-11-25T01:02:03.000Z")]).to.deep.equal([
      null,
      null,
      RUN_START,
    ]);
  });
});

describe("environmentNames", () => {
  const { environments } = failingFunction();
  const names = environmentNames(environments);
  const ids = environments.map(({ id }) => id);

  it("numbers environments in order of appearance, whatever their order in the result", () => {
    const shuffled = environmentNames([...environments].reverse());
    expect([...shuffled.byId.values()]).to.deep.equal([...names.byId.values()]);
  });

  it("returns short names that differ for different log streams", () => {
    expect([...names.byId.values()].map(({ label }) => label).slice(0, 2)).to.deep.equal([
      "E1 (…52f17711)",
      "E2 (…7cf5e34f)",
    ]);
  });

  it("names environments in sentences, and names an id that is not in the result by its last characters", () => {
    const { environment } = reportNaming(names, RUN_START, "local");
    expect(
      [ids[0] ?? "", "2026/11/25/[$LATEST]0123456789abcdef0123456700000000"].map(environment),
    ).to.deep.equal(["E1 (…52f17711)", "…00000000"]);
  });

  it("names the tenant, which a lane has in place of the end of the id", () => {
    const [first, second] = environments;
    if (first === undefined || second === undefined) throw new Error("the fixture has environments");
    const { byId } = environmentNames([{ ...first, tenantId: "blue" }, second]);
    expect([...byId.values()].map(({ aside, label }) => [aside, label])).to.deep.equal([
      ["tenant blue", "E1 (tenant blue, …52f17711)"],
      ["…7cf5e34f", "E2 (…7cf5e34f)"],
    ]);
  });

  it("includes the environments from every part of a finding", () => {
    const [first = "", second = ""] = ids;
    const one = finding({
      check: "environments-overlap",
      kind: "exposure",
      code: "environments-overlapped",
      parameters: { invoked: second, alive: first, assumedLifeMs: null, initEndInferred: false },
      environment: second,
    });
    expect(environmentsOf(one)).to.deep.equal([second, first]);
    const old = finding({
      check: "c",
      kind: "exposure",
      text: "…52f17711",
      environment: second,
      holder: first,
    });
    expect(environmentsOf(old)).to.deep.equal([second, first]);
  });

  it("writes instants in sentences with the time since the start of the run", () => {
    const time = "2026-11-25T01:02:16.622Z";
    expect([RUN_START, null].map((start) => reportNaming(names, start, "local").instant(time))).to.deep.equal(
      ["00:13.6 (01:02:16.622 UTC)", time],
    );
  });

  it("writes an instant before the start of the run, when a lever made an environment, with the time of day alone", () => {
    const before = new Date(RUN_START - 300).toISOString();
    expect(reportNaming(names, RUN_START, "local").instant(before)).to.match(/^[\d:.]+ UTC$/);
  });
});

describe("viewModel", () => {
  const headlines = [
    [{ verdict: "pass", expected: null, expectationMet: null }, "init-connect passed."],
    [{ verdict: "inconclusive", expected: null, expectationMet: null }, "init-connect is inconclusive."],
    [
      { verdict: "pass", expected: "fail", expectationMet: false },
      "init-connect passed, but a failure was expected.",
    ],
    [
      { verdict: "inconclusive", expected: "pass", expectationMet: false },
      "init-connect is inconclusive, but a pass was expected.",
    ],
    [
      { verdict: "fail", expected: "fail", expectationMet: false },
      "init-connect failed, but a failure because of harm was expected.",
    ],
  ] as const;
  for (const [changes, wanted] of headlines) {
    it(`has the headline: ${wanted}`, () =>
      expect(viewModel(fixtureResult({ functions: [failingFunction(changes)] })).headline).to.equal(wanted));
  }

  it("says once that the hazard was provoked, with the lever, whatever the verdict", () => {
    const provoked = (by: number, judged: typeof passingFunction): readonly string[] => {
      const { exposure } = judged();
      const changed = judged({ exposure: { ...exposure, provoked: [{ lever: "versions", exposures: by }] } });
      const [view] = viewModel(fixtureResult({ functions: [changed] })).functions;
      return [...(view?.because ?? []), ...(view?.reasonSentences ?? [])].filter((text) =>
        text.includes("provoked"),
      );
    };
    const all = "The hazard was provoked (--provoke versions).";
    const some = "The hazard was provoked (--provoke versions), 1 of 3 times.";
    const none =
      "A second environment was provoked (--provoke versions), but the evidence does not show that both were alive at the same START, so no exposure is counted.";
    expect([
      provoked(3, failingFunction),
      provoked(1, passingFunction),
      provoked(0, failingFunction),
    ]).to.deep.equal([
      [all, all],
      [some, some],
      [none, none],
    ]);
  });

  it("shows a flaw once for all environments that have it, and shows unknown answers last", () => {
    const { notes } = viewModel(fixtureResult()).functions[0] ?? { notes: [] };
    expect(notes.map(({ mark, check, more }) => [mark, check, more])).to.deep.equal([
      ["discipline", "connection-opened-in-init", 4],
      ["discipline", "connection-held-across-freeze", 4],
      ["unknown", "streams-complete", 0],
    ]);
  });

  it("adds up findings that differ only in the environment, including those that the judgement counted but did not list", () => {
    const { environments } = failingFunction();
    const ended = (index: number): Finding =>
      finding({
        check: "c",
        kind: "discipline",
        code: "open-at-shutdown",
        parameters: { environment: environments.at(index)?.id ?? "" },
      });
    const rest = { code: "more-findings", parameters: { findings: 460 } } as const;
    const findings = [ended(0), ended(1), finding({ check: "c", kind: "discipline", ...rest })];
    const { notes } = viewModel(fixtureResult({ functions: [failingFunction({ findings })] }))
      .functions[0] ?? { notes: [] };
    expect(notes.map(({ text, more }) => [text, more])).to.deep.equal([
      ["Environment E1 (…52f17711) ended with a connection still open.", 461],
    ]);
  });

  it("does not change the sentences of a result without codes", () => {
    const text = "Environment …52f17711 did it at 2026-11-25T01:02:16.622Z.";
    const { harm } = failingFunction();
    const windows = harm.windows.map(({ from, to, durationMs, invocations, environments, holder }) => ({
      ...{ from, to, durationMs, invocations, environments, holder },
      text,
    }));
    const findings = [finding({ check: "c", kind: "discipline", text })];
    const [view] = viewModel(
      fixtureResult({ functions: [failingFunction({ findings, harm: { ...harm, windows } })] }),
    ).functions;
    expect([view?.notes.map((note) => note.text), view?.windows.map((window) => window.text)]).to.deep.equal([
      [text],
      [text, text],
    ]);
  });

  it("leaves out clear checks, and what a harm window or a count already shows", () => {
    const findings = (["exposure", "harm", "discipline", "accounting"] as const).map((kind) =>
      finding({ check: kind, kind, status: "clear", text: "x" }),
    );
    const shownElsewhere = [
      ...findings,
      finding({ check: "e", kind: "exposure", text: "x" }),
      finding({ check: "h", kind: "harm", text: "x" }),
    ];
    expect(
      viewModel(fixtureResult({ functions: [passingFunction({ findings: shownElsewhere })] })).functions[0]
        ?.notes,
    ).to.deep.equal([]);
  });

  it("counts the time from the first instant in the logs if there is no run", () => {
    const result = fixtureResult();
    expect(runStart({ ...result, run: { ...result.run, from: null } })).to.equal(RUN_START + 640);
    expect(runStart({ ...result, run: { ...result.run, from: null }, functions: [] })).to.equal(null);
  });

  it("names the flags of the plan only if these flags make exactly the plan of the run", () => {
    const { run } = fixtureResult();
    const flags = (changes: Partial<typeof run>): string | null =>
      samePlanFlags(fixtureResult({ run: { ...run, ...changes } }));
    expect(flags({ platform: null })).to.equal(null);
    expect(flags({ platform: "entries:\n  - retire" })).to.equal(null);
    expect(flags({ intervalMs: 1_234 })).to.equal(
      "--platform typical --seed 1 --duration 60s --interval 1234ms",
    );
    expect(flags({ provoked: ["versions", "update"] })).to.equal(
      "--provoke versions,update --platform typical --seed 1 --duration 60s --interval 1s",
    );
    expect(parseDuration("1234ms")).to.equal(1_234);
  });
});
