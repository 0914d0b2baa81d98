import { TIERS, type Row, type Tier } from "./row.ts";
import { ROWS } from "./rows.ts";

const BLOCK = /(<!-- begin: made from scripts\/infra\/verify[^\n]*-->\n)([^]*?)(<!-- end -->)/;
const TITLES: Readonly<Record<Tier, string>> = {
  lambda: "Functions, logs and roles",
  full: "Networks, tasks and images",
};
const HEADINGS = ["id", "what", "how far it was checked", "what could differ", "what shows it", "expected"];

export function tables(): string {
  return TIERS.map((tier) => {
    const rows = ROWS.filter((row) => row.tier === tier);
    const table = [HEADINGS, HEADINGS.map(() => "---"), ...rows.map(cellsOf)];
    return [
      `## ${TITLES[tier]}`,
      "",
      `Tier \`${tier}\`.`,
      "",
      ...table.map((cells) => `| ${cells.join(" | ")} |`),
    ].join("\n");
  }).join("\n\n");
}

export const tablesOn = (page: string): string => (BLOCK.exec(page)?.[2] ?? "").trim();

export function withTables(page: string): string {
  return page.replace(BLOCK, (_, begin: string, __, end: string) => `${begin}\n${tables()}\n\n${end}`);
}

function cellsOf({ id, what, checked, risk, probe, expected, unseen }: Row): readonly string[] {
  const shown =
    unseen === undefined ? `\`make verify\` ${probe}` : `${probe}; not \`make verify\`: ${unseen}`;
  return [`\`${id}\``, what, checked, risk, shown, expected];
}
