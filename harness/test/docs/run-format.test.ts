/**
 * Tests that the tables of members in docs/run-format.md agree with the declarations of the files. This command writes the tables:
 * LONGRUN_RENEW_TABLES=1 npx mocha harness/test/docs/run-format.test.ts
 */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import type { z } from "zod";
import { choiceInWords } from "../../src/base/choice-in-words.ts";
import { PLATFORM_RECORD } from "../../src/record/ended-environment.ts";
import { METRICS_LINE } from "../../src/record/function-metrics.ts";
import { groupBy } from "../../src/base/group-by.ts";
import { JOURNAL_EVENT } from "../../src/record/journal.ts";
import { LINK_LOG_RECORD } from "../../src/record/link-log.ts";
import { LOG_RECORD } from "../../src/record/log-record.ts";
import { MANIFEST } from "../../src/record/manifest.ts";
import { PEER_LOG_RECORD } from "../../src/record/peer-log.ts";
import { PLAN } from "../../src/record/plan-file.ts";
import { membersOf, VALUE_CLASSES, type Member } from "../../src/record/schema/member.ts";
import { wordsOf } from "../../src/record/schema/member-problems.ts";

const PAGE = new URL("../../../docs/run-format.md", import.meta.url);
const BLOCK = /(<!-- begin: made from the declarations[^\n]*-->\n)([^]*?)(<!-- end -->)/;

const FILES: readonly (readonly [file: string, schema: z.core.$ZodType])[] = [
  ["manifest.json", MANIFEST],
  ["plan.json", PLAN],
  ["journal.jsonl", JOURNAL_EVENT],
  ["logs/<label>.jsonl", LOG_RECORD],
  ["logs/peer-<label>.jsonl", PEER_LOG_RECORD],
  ["logs/link-<label>.jsonl", LINK_LOG_RECORD],
  ["logs/applied.jsonl", PLATFORM_RECORD],
  ["metrics.jsonl", METRICS_LINE],
];

interface Row {
  readonly name: string;
  readonly values: readonly string[];
  readonly copy: string;
  readonly about: string;
  /** The form of line that has the member, such as `invocation-sent`. Null if a file has only one form. */
  readonly of: string | null;
}

/** The schema without `null`, `absent` and list around it. */
function inside(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "nullable" || def.type === "optional") return inside(def.innerType);
  return def.type === "array" ? inside(def.element) : schema;
}

function rowsOf(schema: z.core.$ZodType, before = "", form: string | null = null): readonly Row[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const members = membersOf(schema);
  if (members === null)
    return def.type === "union" ? def.options.flatMap((one) => rowsOf(one, before, formOf(one))) : [];
  return Object.entries(members).flatMap(([name, one]): readonly Row[] => [
    { name: `${before}${name}`, values: valuesOf(one), copy: copyOf(one), about: one.about ?? "", of: form },
    ...rowsOf(inside(one.schema), `${before}${name}.`, form),
  ]);
}

/** The event, or the result of a line of applied.jsonl. */
function formOf(schema: z.core.$ZodType): string | null {
  const words = schema._zod.propValues ?? {};
  return [...(words["event"] ?? words["result"] ?? [])].join(" / ");
}

function valuesOf({ schema, redaction }: Member): readonly string[] {
  const words = wordsOf(schema);
  return redaction === "time" ? words.map((one) => (one === "a string" ? "a time" : one)) : words;
}

function copyOf({ schema, redaction }: Member): string {
  if (redaction === "dropped") return "left out";
  if (redaction === "kept") return "kept";
  const words = wordsOf(schema).filter((one) => !["null", "a string", "a list of strings"].includes(one));
  const said = VALUE_CLASSES[redaction];
  return said === "replaced" && words.length > 0 && !words.includes("a list")
    ? "words kept, others replaced"
    : said;
}

/** Members of one name are one row, with the forms of lines that have them. */
function table(schema: z.core.$ZodType): string {
  const rows = groupBy(rowsOf(schema), ({ name }) => name);
  const forms = new Set(rowsOf(schema).map(({ of }) => of)).size;
  const lines = [...rows].map(([name, same]) => {
    const of = [...new Set(same.map((one) => one.of))];
    const unique = (values: readonly string[]): readonly string[] => [...new Set(values.filter(Boolean))];
    const where = of.length === forms ? "" : of.map((one) => `\`${one}\``).join(", ");
    const about = unique(same.map((one) => one.about)).join("; ");
    const values = unique(same.flatMap((one) => one.values));
    const value = choiceInWords([
      ...values.filter((one) => one !== "null"),
      ...values.filter((one) => one === "null"),
    ]);
    const copy = unique(same.map((one) => one.copy)).join("; ");
    return `| ${[`\`${name}\``, value, copy, [where, about].filter(Boolean).join(": ")].join(" | ")} |`;
  });
  return ["| member | value | redacted copy | |", "| --- | --- | --- | --- |", ...lines]
    .join("\n")
    .replaceAll("|  |", "| |");
}

const made = FILES.map(([file, schema]) => `#### \`${file}\`\n\n${table(schema)}\n`).join("\n");

describe("the members of a run's files", () => {
  const page = readFileSync(PAGE, "utf8");
  if (process.env["LONGRUN_RENEW_TABLES"] === "1")
    writeFileSync(
      PAGE,
      page.replace(BLOCK, (_, begin: string, __, end: string) => `${begin}\n${made}\n${end}`),
    );

  it("are in docs/run-format.md as they are declared", () => {
    expect(BLOCK.exec(readFileSync(PAGE, "utf8"))?.[2]?.trim()).to.equal(made.trim());
  });
});
