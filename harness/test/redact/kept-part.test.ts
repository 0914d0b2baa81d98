import { expect } from "chai";
import { z } from "zod";
import { RUN_COMPARISON } from "../../src/result/run-comparison.ts";
import { RUN_RESULT, type RunResult } from "../../src/result/run-result.ts";
import { madeList } from "../../src/base/listed.ts";
import { member, membersOf, record } from "../../src/record/schema/member.ts";
import { keptPart } from "../../src/redact/kept-part.ts";
import { fixtureResult } from "../report/fixture-result.ts";

const kept = (result: unknown): unknown => keptPart(RUN_RESULT, result);

describe("the part of a result that a redacted copy keeps", () => {
  const result = fixtureResult({});
  const [first, ...others] = result.functions as [RunResult["functions"][number]];

  it("is the same if names and sentences are others, and if a list has another order", () => {
    const environments = [...first.environments]
      .reverse()
      .map((one) => ({ ...one, id: "2026/1/1/[$LATEST]0" }));
    const copy = {
      ...result,
      run: { ...result.run, id: "function-1" },
      functions: [...others, { ...first, name: "function-1", functionArn: null, environments }],
    };
    expect(environments.length).to.be.greaterThan(1);
    expect(kept(copy)).to.deep.equal(kept(result));
  });

  const changes: readonly (readonly [string, Partial<typeof first>])[] = [
    ["a verdict", { verdict: first.verdict === "pass" ? "fail" : "pass" }],
    ["a number inside a member", { resets: { ...first.resets, crashes: first.resets.crashes + 1 } }],
    [
      "the number of elements of a list",
      { invocationList: [...first.invocationList, ...first.invocationList] },
    ],
    ["a time in a list", { environments: first.environments.map((one) => ({ ...one, initStart: null })) }],
  ];
  for (const [what, change] of changes)
    it(`differs if ${what} differs`, () => {
      const copy = { ...result, functions: [{ ...first, ...change }, ...others] };
      expect(kept(copy)).not.to.deep.equal(kept(result));
    });

  it("contains a list that is too long to be held", () => {
    const schema = record({ list: member("kept", z.array(z.number())) });
    expect(keptPart(schema, { list: madeList(1_001, (n) => 1_000 - n) })).to.deep.equal(
      keptPart(schema, { list: Array.from({ length: 1_001 }, (_, n) => n) }),
    );
  });
});

/** The objects in a schema, with their paths, that `record` did not make. */
function withoutClasses(schema: z.core.$ZodType, path = ""): readonly string[] {
  const members = membersOf(schema);
  if (members !== null)
    return Object.entries(members).flatMap(([name, one]) =>
      one.redaction === "dropped" ? [] : withoutClasses(one.schema, `${path}.${name}`),
    );
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "nullable" || def.type === "optional") return withoutClasses(def.innerType, path);
  if (def.type === "array") return withoutClasses(def.element, path);
  return def.type === "object" || def.type === "record" ? [path] : [];
}

describe("the members of the result and of the comparison", () => {
  it("have classes, in every object inside them", () => {
    expect([RUN_RESULT, RUN_COMPARISON].flatMap((one) => withoutClasses(one))).to.deep.equal([]);
  });
});
