import { expect } from "chai";
import { coverageText } from "../../../scripts/coverage/coverage-text.ts";
import { testsThatImport } from "../../../scripts/coverage/import-graph.ts";
import { namedFunctions } from "../../../scripts/coverage/named-functions.ts";
import { runRecorded } from "../../../scripts/coverage/run-recorded.ts";
import { sourceAt, sourceStarts } from "../../../scripts/coverage/source-starts.ts";

const FILE = "harness/src/record/ready-line.ts";
const TEST = "harness/test/record/ready-line.test.ts";

describe("the coverage of a source file", () => {
  it("is looked for in the test files that import it, the nearest first", async () => {
    const tests = ["harness/test/cli/main.test.ts", TEST, "harness/test/base/time.test.ts"];
    const found = await testsThatImport("harness/src/base/json-object.ts", tests);
    expect(found.map(({ test }) => test)).to.deep.equal([TEST, "harness/test/cli/main.test.ts"]);
    expect(found[0]?.distance).to.equal(2);
    expect(new Set(found.map(({ key }) => key)).size).to.equal(2);
  });

  it("has the functions that a test calls, and not those that are only called while files are loaded", async () => {
    const { recorded, failed } = await runRecorded([TEST], 1);
    expect(failed).to.deep.equal([]);
    expect(recorded.map(({ test, calls }) => [test, calls[FILE]])).to.deep.equal([
      [TEST, ["parseReadyLine"]],
    ]);
  });

  it("names functions as V8 does", () => {
    const text =
      "function one() {} class A { two() { return () => 1; } } const three = () => 2; const o = { four: () => 3 };";
    expect(namedFunctions(text)).to.deep.equal(["one", "two", "three", "four"]);
  });

  it("finds the source of a place in a bundle", () => {
    const bundle = "x;\n// harness/src/a.ts\nvar a;\n// node_modules/b.js\n// functions/src/c.ts\nvar c;\n";
    const starts = sourceStarts(bundle);
    expect(["x;", "var a", "var c"].map((one) => sourceAt(starts, bundle.indexOf(one)))).to.deep.equal([
      null,
      "harness/src/a.ts",
      "functions/src/c.ts",
    ]);
  });

  it("is printed with the test that calls most first, and with what no test calls", () => {
    const tried = ["a", "b", "c"].map((test) => ({ test, distance: 1, key: "" }));
    const recorded = [
      { test: "a", calls: { x: ["one"] } },
      { test: "b", calls: { x: ["one", "two", ""] } },
      { test: "c", calls: { y: ["one"] } },
    ];
    const functions = ["one", "two", "three"];
    expect(
      coverageText({ file: "x", functions, tried, importers: 4, recorded, seconds: 2 }).split("\n"),
    ).to.deep.equal([
      "b: 2 of 3 functions",
      "a: 1 of 3 functions",
      "Called by no test, or only while files are loaded: three",
      "3 of 4 test files that import x were run (2 s). --all runs the other 1.",
      "",
    ]);
  });
});
