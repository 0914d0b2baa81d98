/**
 * docs/result.schema.json describes what the judgement writes: complete results are valid, and every member is required. This command makes
 * it, and docs/comparison.schema.json, from their declarations: LONGRUN_RENEW_TABLES=1 npx mocha harness/test/docs/result-schema.test.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import type { z } from "zod";
import { expect } from "chai";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { jsonSchema } from "../../src/record/schema/json-schema.ts";
import { RUN_COMPARISON } from "../../src/result/run-comparison.ts";
import { RUN_RESULT } from "../../src/result/run-result.ts";
import { fixtureResult } from "../report/fixture-result.ts";

const DECLARED: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ["result", RUN_RESULT],
  ["comparison", RUN_COMPARISON],
];

for (const [name, declared] of DECLARED) {
  const page = new URL(`../../../docs/${name}.schema.json`, import.meta.url);
  const made = JSON.stringify(jsonSchema(declared, `urn:lambda-longrun:${name}:1`));
  const { pathname } = page;
  if (process.env["LONGRUN_RENEW_TABLES"] === "1")
    writeFileSync(page, await format(made, { ...(await resolveConfig(pathname)), filepath: pathname }));
  describe(`docs/${name}.schema.json`, () => {
    it("is made from the declaration", () =>
      expect(JSON.parse(readFileSync(page, "utf8"))).to.deep.equal(JSON.parse(made)));
  });
}

const schema = JSON.parse(
  readFileSync(new URL("../../../docs/result.schema.json", import.meta.url), "utf8"),
) as object;
const validate: ValidateFunction = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(
  schema,
);

type Path = readonly (string | number)[];

/** Returns every object of a value with its path. The first element of an array represents all of its elements. */
function objects(
  value: unknown,
  path: Path = [],
): readonly { readonly path: Path; readonly keys: readonly string[] }[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : objects(value[0], [...path, 0]);
  if (typeof value !== "object" || value === null) return [];
  return [
    { path, keys: Object.keys(value) },
    ...Object.entries(value).flatMap(([key, each]) => objects(each, [...path, key])),
  ];
}

function without(value: unknown, path: Path, key: string): unknown {
  const copy = structuredClone(value);
  const target = path.reduce((at, step) => (at as Record<string | number, unknown>)[step], copy);
  delete (target as Record<string, unknown>)[key];
  return copy;
}

describe("docs/result.schema.json", () => {
  const result = fixtureResult({ unreadable: [{ source: "logs/x.jsonl", lines: 2, example: null }] });
  const [first, second] = result.functions;
  const whole = {
    ...result,
    functions: [
      { ...first, thresholds: [{ expression: "harm.total < 1", actual: 12, holds: false }] },
      second,
    ],
  };

  it("accepts a complete result", () => {
    validate(whole);
    expect(validate.errors).to.equal(null);
  });

  it("accepts the result of a function with several peers", () => {
    const several = structuredClone(whole);
    const places = { capacity: 2, peakPlaces: null };
    const peer = {
      name: "db",
      address: "db:5432",
      protocol: null,
      verdict: "fail",
      reasons: ["harm"],
      ...places,
    };
    Object.assign(several.functions[0] ?? {}, { peers: [{ ...peer, exposure: 1, harm: 2 }] });
    validate(several);
    expect(validate.errors).to.equal(null);
    Object.assign(several.functions[0] ?? {}, { peers: [{ ...peer, exposure: -1, harm: 2 }] });
    expect(validate(several)).to.equal(false);
  });

  it("accepts the recorded result of a real run, apart from missing members that were added later", () => {
    validate(JSON.parse(readFileSync(new URL("../report/recorded/result.json", import.meta.url), "utf8")));
    expect(validate.errors?.filter(({ keyword }) => keyword !== "required") ?? []).to.deep.equal([]);
  });

  it("allows members that it does not know in every object, because members may be added later", () => {
    const added = structuredClone(whole);
    for (const { path } of objects(whole)) {
      const target = path.reduce<unknown>(
        (at, step) => (at as Record<string | number, unknown>)[step],
        added,
      );
      (target as Record<string, unknown>)["later"] = { any: "thing" };
    }
    validate(added);
    expect(validate.errors).to.equal(null);
  });

  /** Members that are not required: the first results of version 1 did not have them, or they depend on the `code` of a finding. */
  const addedLater = new Set(["code", "parameters", "unknownReasons"]);

  for (const { path, keys: all } of objects(whole).filter(({ path }) => !path.includes("parameters"))) {
    const keys = all.filter((key) => !addedLater.has(key));
    it(`requires every member of ${path.length === 0 ? "the result" : path.join(".")}`, () => {
      expect(keys.filter((key) => validate(without(whole, path, key)))).to.deep.equal([]);
    });
  }

  const refused: readonly { readonly title: string; readonly value: unknown }[] = [
    { title: "another schema version", value: { ...whole, schemaVersion: 4 } },
    {
      title: "a negative number of unknown outcomes",
      value: {
        ...whole,
        functions: [
          { ...first, invocations: { ...first?.invocations, unknownReasons: { "no-answer": -1 } } },
        ],
      },
    },
    { title: "an unknown verdict", value: { ...whole, verdict: "maybe" } },
    {
      title: "a time in local time",
      value: { ...whole, run: { ...whole.run, from: "2026-11-25T01:02:03+01:00" } },
    },
    {
      title: "a negative count",
      value: { ...whole, unreadable: [{ source: "x", lines: -1, example: null }] },
    },
    { title: "a value that is not an object", value: [] },
  ];
  for (const { title, value } of refused) {
    it(`refuses ${title}`, () => expect(validate(value)).to.equal(false));
  }
});
