import { expect } from "chai";
import { findMutants } from "../../../scripts/mutants/find-mutants.ts";
import { describeMutant } from "../../../scripts/mutants/mutant.ts";

const of = (text: string): readonly string[] => findMutants("a.ts", text).map(describeMutant);

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ["moves a boundary", "x = a < b;", ["a < b → (a) <= (b)"]],
  ["exchanges and and or", "x = a && b;", ["a && b → (a) || (b)"]],
  ["negates the condition of a choice", "x = a() ? b : c;", ["a() → !(a())"]],
  ["negates an equality only once", "if (a === b) c = d;", ["a === b → (a) !== (b)"]],
  ["removes a guard", "function f() { if (a) return b; }", ["a → false"]],
  ["removes a guard in a block", "for (;;) { if (a) { continue; } }", ["a → false"]],
  ["negates a condition with another branch", "if (a) return; else b = c;", ["a → !(a)"]],
  ["leaves out a negation", "x = !a;", ["!a → a"]],
  ["changes a number by one", "const A = 50;", ["50 → 51", "50 → 49"]],
  ["makes 0 only larger", "const A = 0;", ["0 → 1"]],
  ["turns a boolean round", "x = true;", ["true → false"]],
  ["leaves out a filter", "x = list.filter(f);", ["list.filter(f) → list"]],
  ["exchanges some and every", "x = list.some(f);", ["list.some(f) → list.every(f)"]],
  ["leaves out a call whose value nobody uses", "list.push(a);", ["list.push(a) → undefined"]],
  ["leaves out a default", "x = a ?? b;", ["a ?? b → a"]],
  ["leaves texts alone", 'x = a + "b";', []],
  ["leaves types alone", "let x: 1 | true; type A = { 1: false };", []],
  ["leaves names of members alone", "x = { 1: a };", []],
  ["leaves a part of an optional chain alone", "x = a?.b.filter(c);", []],
  ["leaves the call of the base class alone", "class A extends B { constructor() { super(); } }", []],
];

describe("the mutants of a source", () => {
  for (const [title, text, mutants] of CASES)
    it(title, () => {
      expect(of(text)).to.deep.equal(mutants);
    });

  it("have the line and the place of the expression", () => {
    expect(findMutants("a.ts", "// first\nx = a < b;\n")).to.deep.equal([
      { file: "a.ts", line: 2, start: 13, end: 18, code: "a < b", becomes: "(a) <= (b)" },
    ]);
  });
});
