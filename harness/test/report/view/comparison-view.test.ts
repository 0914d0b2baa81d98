/** Tests the comparison of two runs in every form: each form shows the figures of the comparison, and text from outside is escaped. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import stringWidth from "string-width";
import { unzlibSync } from "fflate";
import { compareRuns } from "../../../src/analysis/compare/compare-runs.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { renderComparisonMarkdown } from "../../../src/report/comparison-markdown.ts";
import { renderComparisonText } from "../../../src/report/comparison-text.ts";
import { renderComparisonHtml } from "../../../src/report/html/render-comparison.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { comparisonView, type ComparedRuns } from "../../../src/report/view/comparison-view.ts";
import { failingFunction, fixtureResult, passingFunction } from "../fixture-result.ts";
import { largeResult } from "../large-result.ts";
import { propertyCases } from "../../support/test-all.ts";
import { describeComparison } from "../../../src/report/wording/describe-comparison.ts";

const assets = { script: "1", style: "a{}" };
const plain = { columns: 100, colour: false };
const thresholds = [
  { expression: "harm.total < 1", actual: 0, holds: true },
  { expression: "latencyMs.p99 < 20", actual: 35, holds: false },
];

function compared(name = "gateway", exposures = 3): ComparedRuns {
  const result = fixtureResult();
  const counted = (failed: number, { exposure, statistics }: RunResult["functions"][number]) => ({
    exposure: { ...exposure, total: exposures },
    statistics: { ...statistics, exposuresFailed: failed },
  });
  const [failing, passing] = [failingFunction(), passingFunction()];
  const before = fixtureResult({
    functions: [
      failingFunction({ name, ...counted(Math.min(2, exposures) + Math.max(0, exposures - 3), failing) }),
    ],
  });
  const after = {
    ...result,
    run: { ...result.run, id: "20261126T010203Z-7", from: "2026-11-26T01:02:03.000Z", seed: 7 },
    functions: [passingFunction({ name, thresholds, ...counted(0, passing) })],
  };
  return { before, after, comparison: describeComparison(compareRuns(before, after)) };
}

describe("comparisonView", () => {
  it("shows what changed, and says if there are too few exposures to show a difference", () => {
    const { headline, pairs, caveats } = comparisonView(compared());
    expect([headline, pairs[0]?.harm, caveats]).to.deep.equal([
      "gateway failed before and passed after.",
      "2 of 3 exposures did harm before, 0 of 3 after: too few exposures to show a difference with 95 % confidence. Longer runs may show one.",
      ["The runs differ in seed: 1 before, 7 after."],
    ]);
  });

  it("shows the least possible difference if there are enough exposures", () => {
    expect(comparisonView(compared("gateway", 40)).pairs[0]?.harm).to.equal(
      "39 of 40 exposures did harm before, 0 of 40 after: at least 74 points less, with 95 % confidence.",
    );
  });

  it("says that nothing can be compared if one run had no exposure", () => {
    expect(comparisonView(compared("gateway", 0)).pairs[0]?.harm).to.equal(
      "0 of 0 exposures did harm before, 0 of 0 after: nothing can be compared, because that needs an exposure in each run.",
    );
  });

  it("names functions that are in only one run", () => {
    const { before, after } = compared();
    const [mine, alone] = [
      { ...before, functions: [...before.functions, failingFunction({ name: "old" })] },
      { ...after, functions: [...after.functions, passingFunction({ name: "new" })] },
    ];
    const view = comparisonView({
      before: mine,
      after: alone,
      comparison: describeComparison(compareRuns(mine, alone)),
    });
    expect(view.caveats.slice(1)).to.deep.equal([
      "Functions that only the run before the change has: old.",
      "Functions that only the run after the change has: new.",
    ]);
  });
});

describe("renderComparisonText", () => {
  it("begins with what changed, and gives each figure with its interval", () => {
    const lines = renderComparisonText(compared(), plain).split("\n");
    expect(lines[0]).to.equal("gateway failed before and passed after.");
    expect(lines.slice(8, 20)).to.deep.equal([
      "  2 of 3 exposures did harm before, 0 of 3 after: too few exposures to show a difference with 95 %",
      "  confidence. Longer runs may show one.",
      "",
      "  figure                before    after  difference       95 % interval  shows",
      "  Harm per exposure     2 of 3   0 of 3  −67 points  −100 to +70 points  not shown",
      "  Harmed invocations  12 of 60  0 of 60           –                   –  –",
      "  Failures begun       2 of 50  0 of 60   −4 points  −15 to +6.7 points  not shown",
      "  Failed invocations  12 of 60  0 of 60           –                   –  –",
      "  Latency p50            22 ms    29 ms       +7 ms     −1 ms to +11 ms  not shown",
      "  Latency p90            29 ms    34 ms       +5 ms      +2 ms to +7 ms  worse",
      "  Latency p99            30 ms    35 ms       +5 ms      too few values  not shown",
      "  Init p50               44 ms    30 ms      −14 ms      too few values  not shown",
    ]);
  });

  it("fits any terminal with any names, and removes control sequences from names", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 160 }),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
        (columns, name) => {
          const text = renderComparisonText(compared(`${name}\u001b[2J`), { columns, colour: false });
          expect(text.split("\n").filter((line) => stringWidth(line) > columns)).to.deep.equal([]);
          expect(text).to.not.include("\u001b");
        },
      ),
      propertyCases(40),
    );
  });
});

describe("renderComparisonMarkdown", () => {
  const text = renderComparisonMarkdown(compared());
  it("has the verdicts and the figures in a table", () => {
    expect(text).to.include("### `gateway`: ❌ fail → ✅ pass");
    expect(text).to.include(
      "| Harm per exposure | 2 of 3 | 0 of 3 | −67 points | −100 to +70 points | not shown |",
    );
    expect(text).to.include("| Latency p90 | 29 ms | 34 ms | +5 ms | +2 ms to +7 ms | **worse** |");
  });
});

describe("thresholds", () => {
  it("are shown in every form of a comparison and of a report", () => {
    const runs = compared();
    const forms = [
      renderComparisonText(runs, plain),
      renderComparisonMarkdown(runs).replaceAll("&lt;", "<"),
      JSON.stringify(runs.after),
    ];
    for (const form of forms) {
      for (const { expression } of thresholds) expect(form).to.include(expression);
    }
    for (const page of [renderComparisonHtml(runs, assets), renderHtml(runs.after, assets)]) {
      expect(page).to.include(
        '<span class="mark mark-holds">holds</span> <code>harm.total &lt; 1</code> it is 0',
      );
      expect(page).to.include(
        '<span class="mark mark-broken">broken</span> <code>latencyMs.p99 &lt; 20</code> it is 35',
      );
    }
  });
});

describe("renderComparisonHtml", () => {
  const page = renderComparisonHtml(compared(), assets);

  it("contains both results, an element for each run's picture, and one for the common picture", () => {
    const embedded = [
      ...page.matchAll(/<script type="application\/json" data-result id="([\w-]+)">(.*?)<\/script>/gu),
    ];
    expect(embedded.map(([, id, json]) => [id, (JSON.parse(json ?? "") as RunResult).run.id])).to.deep.equal([
      ["result", "20261125T010203Z-1"],
      ["result-1", "20261126T010203Z-7"],
    ]);
    expect(
      [...page.matchAll(/data-run="(\d)" data-function="(\d)" data-name="(\w+)"/gu)].map(
        ([, ...rest]) => rest,
      ),
    ).to.deep.equal([
      ["0", "0", "Before"],
      ["1", "0", "After"],
    ]);
    expect(page.match(/<figure class="pair" data-pair /gu)).to.have.lengthOf(1);
  });

  it("refers to nothing outside the page, and returns the same page for the same runs", () => {
    expect(page).to.not.match(/\b(?:src|href)="(?!#)/u);
    expect(page).to.not.match(/https?:\/\//u);
    expect(renderComparisonHtml(compared(), assets)).to.equal(page);
  });

  it("escapes text from outside", () => {
    const evil = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>';
    const hostile = renderComparisonHtml(compared(evil), assets);
    expect(hostile).to.not.include("<img");
    expect(hostile.match(/<script/giu)).to.have.lengthOf(3);
  });
});

describe("docs/comparison.schema.json", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../../../docs/comparison.schema.json", import.meta.url), "utf8"),
  ) as object;
  const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

  for (const exposures of [0, 3, 40]) {
    it(`accepts a comparison with ${exposures} exposures`, () => {
      validate(compared("gateway", exposures).comparison);
      expect(validate.errors).to.equal(null);
    });
  }

  it("requires every member", () => {
    const { comparison } = compared();
    const [pair] = comparison.functions;
    const missing = (whole: object, around: (part: object) => unknown): readonly string[] =>
      Object.keys(whole).filter((key) =>
        validate(around(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)))),
      );
    expect(missing(comparison, (part) => part)).to.deep.equal([]);
    expect(missing(pair ?? {}, (part) => ({ ...comparison, functions: [part] }))).to.deep.equal([]);
    expect(
      missing(pair?.shares[0] ?? {}, (part) => ({ ...comparison, functions: [{ ...pair, shares: [part] }] })),
    ).to.deep.equal([]);
  });
});

describe("a large result in the page", () => {
  it("is compressed, and decompresses to the same value", () => {
    const result = largeResult(2_500);
    const page = renderHtml(result, assets);
    const [, packed = ""] =
      /<script type="text\/plain" data-result="packed" id="result">([\w+/=]+)<\/script>/u.exec(page) ?? [];
    expect(JSON.parse(new TextDecoder().decode(unzlibSync(Buffer.from(packed, "base64"))))).to.deep.equal(
      JSON.parse(JSON.stringify(result)),
    );
    expect(page.length).to.be.below(JSON.stringify(result).length / 5);
  });
});
