/** Tests the terminal report: it fits the width, shows everything once, and text from outside cannot control the terminal. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import stringWidth from "string-width";
import type { HarmWindow } from "../../src/result/finding-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { renderText } from "../../src/report/text.ts";
import { failingFunction, finding, fixtureResult, passingFunction } from "./fixture-result.ts";
import { propertyCases } from "../support/test-all.ts";

const plain = { columns: 80, colour: false };
const lines = (text: string): readonly string[] => text.split("\n");

describe("renderText", () => {
  it("begins with a sentence about the verdicts, and ends with the verdict table and the next step, which a terminal then shows", () => {
    const text = lines(renderText(fixtureResult(), plain).trimEnd());
    expect([text[0], ...text.slice(-10)]).to.deep.equal([
      "init-connect failed, as expected. handler-connect passed, as expected.",
      "",
      " function         verdict  expected  met  ok  failed  exposures  harm  reasons",
      " init-connect     FAIL     fail      yes  48      12          3    12  harm",
      " handler-connect  PASS     pass      yes  60       0          3     0",
      "",
      "Verdict  init-connect failed, as expected. handler-connect passed, as expected.",
      "Why      init-connect: 12 of 60 invocations did not reach the peer, because",
      "         another environment held it.",
      "Next     init-connect: the failure is shown as expected. Now your own handler:",
      "         longrun soak --code FILE (docs/your-handler.md).",
    ]);
  });

  it("describes each harm window and names the log streams to look at", () => {
    const text = renderText(fixtureResult(), plain);
    const from = text.indexOf("  Harm 1 of 2");
    expect(lines(text.slice(from, text.indexOf("  Harm 2 of 2")))).to.deep.equal([
      "  Harm 1 of 2  00:14 to 00:20  6 s, 6 invocations",
      "    Environment E2 (…7cf5e34f) held the peer from 00:13.6 (01:02:16.622 UTC) on,",
      "    through a connection opened in the Init phase. It never handled an",
      "    invocation (INIT WITHOUT INVOKE). Environment E3 (…dc3a91bd) failed 6",
      "    invocations in 6s.",
      "    held by  E2  2026/11/25/[$LATEST]a6f724e972620bc28be56ad87cf5e34f",
      "    failed   E3  2026/11/25/[$LATEST]304dc38c6553d3ab7485167cdc3a91bd",
      "",
      "",
    ]);
  });

  it("shows the stored sentences of a real run whose findings have no codes yet", () => {
    const result = JSON.parse(
      readFileSync(new URL("recorded/result.json", import.meta.url), "utf8"),
    ) as RunResult;
    const text = renderText(result, plain);
    expect(lines(text).slice(2, 11)).to.deep.equal([
      "init-connect  FAIL",
      "  Failed: 5 function errors, all by harm.",
      "",
      "  Harm 1 of 1  00:03 to 00:08  4.7 s, 5 invocations",
      "    Environment …bae71f79 held the peer since 2026-11-25T04:06:20.546Z, opened",
      "    in the Init phase; it never handled an invocation (INIT WITHOUT INVOKE);",
      "    environment …be2cf8c9 failed 5 invocations for 4.7s.",
      "    held by  E2  2026/11/25/[$LATEST]36ac8aa4b139f109b244f2dabae71f79",
      "    failed   E3  2026/11/25/[$LATEST]1aec6840d253c1ffc00688fabe2cf8c9",
    ]);
    expect(lines(text).filter((line) => stringWidth(line) > 80)).to.deep.equal([]);
    expect(text).to.include(
      "\n  5 Init phases: 2 while a caller waited, 1 while no caller waited (3.1 s before\n  it was needed), 2 without any invocation (INIT without INVOKE).\n  At the rate",
    );
  });

  it("leaves out the expectation if there is none", () => {
    const result = fixtureResult({
      expectationsMet: null,
      functions: [failingFunction({ expected: null, expectationMet: null })],
    });
    const text = lines(renderText(result, plain).trimEnd());
    expect([text[0], ...text.slice(-7, -5)]).to.deep.equal([
      "init-connect failed.",
      " function      verdict  ok  failed  exposures  harm  reasons",
      " init-connect  FAIL     48      12          3    12  harm",
    ]);
  });

  it("shows which answers are unknown and why, and explains a discipline finding", () => {
    const text = renderText(fixtureResult(), plain);
    expect(text).to.include(
      "  discipline   Environment E1 (…52f17711) opened a connection in its Init phase.\n               (4 more like it.)",
    );
    expect(text).to.include(
      "  unknown      Log reading ended before every known request was found and before\n               --settle had passed.",
    );
  });

  it("moves reasons below the row if the table would be too wide", () => {
    const functions = [
      failingFunction({
        verdict: "inconclusive",
        expectationMet: false,
        reasons: ["no-exposure", "unexplained-failure", "evidence-missing"],
      }),
    ];
    const text = renderText(fixtureResult({ functions }), plain);
    expect(text).to.include("\n   because: no-exposure, unexplained-failure, evidence-missing\n");
  });

  it("shows the first harm windows of a long run and the number of the other ones", () => {
    const { harm } = failingFunction();
    const windows = Array.from({ length: 40 }, (_, index) =>
      harm.windows.slice(0, 1).map((window) => ({
        ...window,
        parameters: { ...window.parameters, since: new Date(index).toISOString() },
      })),
    ).flat() as HarmWindow[];
    const text = renderText(
      fixtureResult({ functions: [failingFunction({ harm: { ...harm, windows } })] }),
      plain,
    );
    expect(text.match(/Harm \d+ of 40/gu)).to.have.lengthOf(6);
    expect(text).to.include("… and 34 more harm windows: the page has all of them (--format html).");
  });

  it("shows harm windows that differ only in length and number of invocations once, and counts them", () => {
    const { harm } = failingFunction();
    const windows = [1, 2, 3].flatMap((invocations) =>
      harm.windows.map((window) => ({
        ...window,
        parameters: { ...window.parameters, invocations, durationMs: invocations },
      })),
    ) as HarmWindow[];
    const text = renderText(
      fixtureResult({ functions: [failingFunction({ harm: { ...harm, windows } })] }),
      plain,
    );
    expect(text.match(/Harm \d of \d/gu)).to.deep.equal(["Harm 1 of 6", "Harm 2 of 6"]);
    expect(text.replaceAll(/\s+/gu, " ").match(/\(2 more like it\.\) held by/gu)).to.have.lengthOf(2);
    expect(text).to.not.include("more harm window");
  });

  it("uses colour only on request, and has the same words without colour", () => {
    const coloured = renderText(fixtureResult(), { columns: 80, colour: true });
    expect(renderText(fixtureResult(), plain)).to.not.match(/\u001b/u);
    expect(coloured).to.match(/\u001b\[1;31mFAIL\u001b\[0m/u);
    expect(coloured.replaceAll(/\u001b\[[\d;]*m/gu, "")).to.equal(renderText(fixtureResult(), plain));
  });

  it("removes control sequences from names", () => {
    const name = "x\u001b[2J\u0007\u009b31m\r\nfake PASS\u202e";
    const functions = [
      failingFunction({
        name,
        findings: [finding({ check: "a", kind: "discipline", text: "\u001b]0;title\u0007 gone" })],
      }),
    ];
    const text = renderText(fixtureResult({ functions }), plain);
    expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(text).to.include("x�[2J��31m fake PASS�");
  });

  it("says that nothing was judged if there is no function", () => {
    expect(lines(renderText(fixtureResult({ functions: [] }), plain))[0]).to.equal(
      "No function was judged: the evidence names none.",
    );
  });

  it("fits 80 columns, or a wider terminal, whatever the names are", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 70 });
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 200 }),
        text,
        text,
        fc.integer({ min: 0, max: 99_999_999 }),
        (columns, name, sentence, amount) => {
          const failing = failingFunction({
            name,
            harm: { total: amount, delayed: amount, windowsMs: [], windows: [] },
          });
          const functions = [
            failing,
            passingFunction({ statistics: { ...failing.statistics, text: sentence } }),
          ];
          const wide = lines(renderText(fixtureResult({ functions }), { columns, colour: false })).filter(
            (line) => stringWidth(line) > Math.max(80, columns),
          );
          expect(wide).to.deep.equal([]);
        },
      ),
      propertyCases(60),
    );
  });
});
