/**
 * Tests that the table of docs/analyze.md#which-failures-a-log-shows agrees with the catalogue of runtimes. This command writes the table:
 * LONGRUN_RENEW_TABLES=1 npx mocha harness/test/docs/outcome-table.test.ts
 */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { ALL_RUNTIMES } from "../../src/catalogue/runtimes/all-runtimes.ts";
import type { RuntimeFamily } from "../../src/catalogue/runtimes/runtime-family.ts";
import type { LogFilter } from "../../src/catalogue/runtimes/runtime-log.ts";

const PAGE = new URL("../../../docs/analyze.md", import.meta.url);
const BLOCK = /(<!-- begin: made from the catalogue of runtimes[^\n]*-->\n)([^]*?)(<!-- end -->)/;
const FAMILIES: readonly RuntimeFamily[] = ALL_RUNTIMES;

const SEEN = "is seen";
const HIDDEN = "may be hidden: without a line the outcome is unknown";
const ONCE_SEEN =
  "may leave no line: the outcome is unknown until one failure was seen in this function's log";
const UNNAMED =
  "is seen if its line is recognised; without a line the outcome is unknown until one failure line was recognised in this function's log";

/** Each entry has application log levels under which the same failure lines reach the log, and the `LogFilter` that represents them. */
const JSON_LEVELS: readonly (readonly [level: string, filter: LogFilter])[] = [
  ["TRACE, DEBUG, INFO", "INFO"],
  ["WARN", "WARN"],
  ["ERROR", "ERROR"],
  ["FATAL", "FATAL"],
];

type Row = readonly [runtime: string, format: string, level: string, failure: string];

function rowsOf({ title, log }: RuntimeFamily): readonly Row[] {
  const failure = (filter: LogFilter): string =>
    log.shownBehind.length === 0 ? ONCE_SEEN : log.shownBehind.includes(filter) ? SEEN : HIDDEN;
  const rows: Row[] = [[title, "text", "", failure("text")]];
  for (const shown of new Set(JSON_LEVELS.map(([, filter]) => failure(filter)))) {
    const levels = JSON_LEVELS.filter(([, filter]) => failure(filter) === shown).map(([level]) => level);
    rows.push([title, "JSON", levels.join(", "), shown]);
  }
  return rows;
}

function table(): string {
  const rows: readonly Row[] = [
    ["runtime", "format", "application log level", "a failed invocation"],
    ["---", "---", "---", "---"],
    ...FAMILIES.flatMap(rowsOf),
    ["not named (container images, logs before December 2022)", "text, JSON", "", UNNAMED],
  ];
  return rows
    .map((cells) => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |").replaceAll("|  |", "| |"))
    .join("\n");
}

describe("the failures that a log shows, by runtime", () => {
  const page = readFileSync(PAGE, "utf8");
  if (process.env["LONGRUN_RENEW_TABLES"] === "1")
    writeFileSync(
      PAGE,
      page.replace(BLOCK, (_, begin: string, __, end: string) => `${begin}\n${table()}\n\n${end}`),
    );

  it("are the same in docs/analyze.md and in the catalogue", () => {
    const [, , shown = ""] = BLOCK.exec(readFileSync(PAGE, "utf8")) ?? [];
    const cells = (text: string): readonly string[] =>
      text
        .trim()
        .split("\n")
        .map((line) => line.replace(/\s+/g, " ").replace(/-{3,}/g, "---"));
    expect(cells(shown)).to.deep.equal(cells(table()));
  });
});
