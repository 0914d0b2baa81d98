/** Writes a budget for a terminal: a table with the reason of each row, the sum, the verdict, and what would make it a guarantee. */
import { table, type Column } from "../report/text/table.ts";
import { wrapWords } from "../report/text/wrap-words.ts";
import { writeAddress } from "../catalogue/connection-strings/connection-string.ts";
import type { Budget } from "./add-up.ts";
import type { BudgetRow } from "./rows-of.ts";

const COLUMNS: readonly Column[] = [
  { title: "function", align: "left" },
  { title: "kind", align: "left" },
  { title: "environments", align: "right" },
  { title: "each", align: "right" },
  { title: "connections", align: "right" },
];

export function budgetText(budget: Budget, columns: number): string {
  const { server, rows } = budget;
  const [head = "", ...lines] = table(
    COLUMNS,
    rows.map((row) => cells(row).map((text) => ({ text }))),
    { columns, indent: "  ", paint: (_, text) => text },
  );
  return [
    `${server.name} ${writeAddress(server)}: ${server.limit} connections for these functions`,
    "",
    head,
    ...rows.flatMap((row, index) => [lines[index] ?? "", ...indented(row.why, columns, "      ")]),
    "",
    ...indented(sum(budget), columns, "  "),
    "",
    ...verdict(budget, columns),
    "",
  ].join("\n");
}

function cells(row: BudgetRow): readonly string[] {
  const missing = row.bound === "none" ? "no bound" : "unknown";
  return [
    row.functionName,
    row.kind,
    String(row.environments ?? missing),
    row.each === null ? "unknown" : `${row.each} ${row.run === null ? "given" : "measured"}`,
    String(row.connections ?? missing),
  ];
}

function sum({ connections, rows, atLeast, ifClosed, reasons }: Budget): string {
  const least = atLeast === 0 ? "" : ` At least ${atLeast} exist before any invocation.`;
  const closed =
    ifClosed === null || !reasons.some(({ code }) => code === "no-bound" || code === "inferred")
      ? ""
      : ` If every function closed its connections before it returned: at most ${ifClosed}.`;
  if (connections !== null) return `Connections that can exist: ${connections}.${least}${closed}`;
  const missing = rows.some(({ bound }) => bound === "none") ? "no documented bound" : "unknown";
  return `Connections that can exist: ${missing}.${least}${closed}`;
}

function verdict(
  { verdict: found, connections, server, reasons, rows }: Budget,
  columns: number,
): readonly string[] {
  const measured = rows.some(({ run }) => run !== null) ? ", and none opens more than its run showed" : "";
  if (found === "guaranteed")
    return indented(
      `GUARANTEED: at most ${connections ?? 0} of ${server.limit}, as long as no environment ends silently (docs/fix.md#what-remains)${measured}.`,
      columns,
      "  ",
    );
  return [
    "  NOT GUARANTEED, because",
    ...reasons.flatMap(({ text, remedy }) => [
      ...indented(`- ${text}`, columns, "  "),
      ...indented(remedy ?? "Nothing is known that would make it so.", columns, "    "),
    ]),
  ];
}

function indented(text: string, columns: number, indent: string): readonly string[] {
  return wrapWords(text, columns - indent.length).map((line) => indent + line);
}
