/** Tests that docs/verified.md has the rows of scripts/infra/verify. LONGRUN_RENEW_TABLES=1 writes its tables again. */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import {
  FULL_WITHOUT_PROBE,
  FULL_PROBES,
} from "../../../../scripts/infra/verify/full-probes/all-full-probes.ts";
import { PROBES, SEEN_WITHOUT_PROBE } from "../../../../scripts/infra/verify/probes/all-probes.ts";
import { ROWS, type ListedRow } from "../../../../scripts/infra/verify/rows.ts";
import { tables, tablesOn, withTables } from "../../../../scripts/infra/verify/verified-page.ts";

const PAGE = new URL("../../../../docs/verified.md", import.meta.url);

describe("infrastructure: the list of what was never run against real AWS", () => {
  it("is in docs/verified.md, with the rows of scripts/infra/verify", () => {
    if (env["LONGRUN_RENEW_TABLES"] === "1") writeFileSync(PAGE, withTables(readFileSync(PAGE, "utf8")));
    // The formatter may align the columns of a table.
    const cells = (text: string): readonly string[] =>
      text.split("\n").map((line) => line.replace(/\s+/g, " ").replace(/-{3,}/g, "---"));
    expect(cells(tablesOn(readFileSync(PAGE, "utf8")))).to.deep.equal(cells(tables()));
  });

  it("has for each row a probe or a step of make verify that checks it, or else the reason why make verify cannot", () => {
    const seen = new Set<string>([
      ...[...PROBES.keys(), ...SEEN_WITHOUT_PROBE],
      ...[...FULL_PROBES.keys(), ...FULL_WITHOUT_PROBE],
    ]);
    const rows: readonly ListedRow[] = ROWS;
    expect(rows.filter(({ id, unseen }) => seen.has(id) === (unseen !== undefined))).to.deep.equal([]);
  });

  it("has rows with different ids, and no cell with a character that would end a column", () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).to.equal(ROWS.length);
    expect(ROWS.filter((row) => Object.values(row).some((cell) => /[|\n]/.test(cell)))).to.deep.equal([]);
  });
});
