/** Tests junit.xml: which cases pass, which type each failure has, and that the XML is well-formed with any text. */
import { expect } from "chai";
import fc from "fast-check";
import { convert, create } from "xmlbuilder2";
import type { FunctionResult } from "../../src/result/function-result.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { failingFunction, fixtureResult, passingFunction } from "./fixture-result.ts";
import { propertyCases } from "../support/test-all.ts";

interface Case {
  readonly title: string;
  readonly changes: Partial<FunctionResult>;
  readonly type: string | null;
}

const cases: readonly Case[] = [
  {
    title: "a pass without an expectation",
    changes: { verdict: "pass", expected: null, expectationMet: null, reasons: [] },
    type: null,
  },
  {
    title: "a fail without an expectation",
    changes: { verdict: "fail", expected: null, expectationMet: null, reasons: ["harm"] },
    type: "harm",
  },
  {
    title: "a broken threshold",
    changes: { verdict: "fail", expected: null, expectationMet: null, reasons: ["threshold"] },
    type: "threshold",
  },
  {
    title: "an expected fail",
    changes: { verdict: "fail", expected: "fail", expectationMet: true },
    type: null,
  },
  {
    title: "an expected fail for another reason than harm",
    changes: { verdict: "fail", expected: "fail", expectationMet: false, reasons: ["threshold"] },
    type: "expectation",
  },
  {
    title: "a pass if a fail was expected",
    changes: { verdict: "pass", expected: "fail", expectationMet: false, reasons: [] },
    type: "expectation",
  },
  {
    title: "a fail if a pass was expected",
    changes: { verdict: "fail", expected: "pass", expectationMet: false, reasons: ["harm"] },
    type: "harm",
  },
  {
    title: "inconclusive without an expectation",
    changes: { verdict: "inconclusive", expected: null, expectationMet: null, reasons: ["no-exposure"] },
    type: "inconclusive",
  },
  {
    title: "inconclusive if a pass was expected",
    changes: { verdict: "inconclusive", expected: "pass", expectationMet: false, reasons: ["no-exposure"] },
    type: "inconclusive",
  },
  {
    title: "expected to be inconclusive",
    changes: {
      verdict: "inconclusive",
      expected: "inconclusive",
      expectationMet: true,
      reasons: ["no-exposure"],
    },
    type: null,
  },
];

describe("renderJunit", () => {
  for (const { title, changes, type } of cases) {
    it(`writes a case that ${type === null ? "passes" : `fails with type ${type}`}: ${title}`, () => {
      const xml = renderJunit(fixtureResult({ functions: [failingFunction(changes)] }));
      expect(/<failure type="([^"]*)"/u.exec(xml)?.[1] ?? null).to.equal(type);
      expect(xml).to.include(`tests="1" failures="${type === null ? 0 : 1}" errors="0" skipped="0"`);
    });
  }

  it("writes one case per function, with the times of the run", () => {
    const xml = renderJunit(fixtureResult());
    expect(xml.match(/<testcase [^>]*>/gu)).to.deep.equal([
      '<testcase classname="lambda-longrun.local" name="init-connect" time="61.200">',
      '<testcase classname="lambda-longrun.local" name="handler-connect" time="61.200">',
    ]);
    expect(xml).to.include(
      '<testsuite name="20261125T010203Z-1" tests="2" failures="0" errors="0" skipped="0" time="61.200" timestamp="2026-11-25T01:02:03.000">',
    );
  });

  it("stays well-formed whatever a name or a sentence contains", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.string({ unit: "binary", maxLength: 40 }),
        (name, text) => {
          const { statistics } = failingFunction();
          const xml = renderJunit(
            fixtureResult({
              functions: [failingFunction({ name, statistics: { ...statistics, text } }), passingFunction()],
            }),
          );
          expect(convert(xml, { format: "object" })).to.have.property("testsuites");
          expect(create(xml).end({ prettyPrint: true })).to.be.a("string");
          // Characters that XML 1.0 cannot represent must not occur.
          expect(xml).to.not.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
        },
      ),
      propertyCases(100),
    );
  });
});
