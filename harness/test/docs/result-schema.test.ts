/** docs/result.schema.json describes what the judgement writes: complete results are valid, and every member is required. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { CONNECTION_ENDED_BY, OPENED_IN } from "../../src/domain/connection-outcome.ts";
import { INVOCATION_OUTCOMES } from "../../src/domain/invocation.ts";
import { CONNECT_OUTCOMES } from "../../src/domain/lifecycle-words.ts";
import { ENDINGS } from "../../src/domain/plan.ts";
import { RESETS } from "../../src/domain/platform-words.ts";
import { METRICS_NOT_COMPARED } from "../../src/domain/findings/accounting-findings.ts";
import { FINDING_KINDS, FINDING_STATUSES, REASONS, UNKNOWN_REASONS } from "../../src/domain/run-result.ts";
import { JUDGED_TARGETS } from "../../src/domain/target.ts";
import { VERDICTS } from "../../src/domain/verdict.ts";
import { fixtureResult } from "../report/fixture-result.ts";

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

/** Returns the lists of words in a schema, in order, each with the member whose value must be one of them. */
function wordLists(value: unknown, of = ""): readonly { readonly of: string; readonly words: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "enum" ? [{ of, words: each as unknown }] : wordLists(each, key),
  );
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

  it("lists every word of the vocabulary, and no other", () => {
    expect(wordLists(schema)).to.deep.equal([
      { of: "schemaVersion", words: [1, 2] },
      { of: "verdict", words: VERDICTS },
      { of: "connectOutcome", words: [...CONNECT_OUTCOMES, null] },
      { of: "target", words: JUDGED_TARGETS },
      { of: "items", words: REASONS },
      { of: "why", words: [...METRICS_NOT_COMPARED, null] },
      { of: "initStatus", words: ["success", "error", "timeout", null] },
      { of: "ending", words: ["shutdown", "vanished", null] },
      { of: "reset", words: [...RESETS, null] },
      { of: "openedIn", words: [...OPENED_IN, null] },
      { of: "ending", words: [...ENDINGS, null] },
      { of: "endedBy", words: [...CONNECTION_ENDED_BY, null] },
      { of: "outcome", words: INVOCATION_OUTCOMES },
      { of: "kind", words: FINDING_KINDS },
      { of: "status", words: FINDING_STATUSES },
    ]);
  });

  it("names every reason why an outcome is unknown", () => {
    const { $defs } = schema as {
      $defs: {
        function: { properties: { invocations: { properties: { unknownReasons: { properties: object } } } } };
      };
    };
    const { unknownReasons } = $defs.function.properties.invocations.properties;
    expect(Object.keys(unknownReasons.properties)).to.have.members(UNKNOWN_REASONS);
  });

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
    { title: "another schema version", value: { ...whole, schemaVersion: 3 } },
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
