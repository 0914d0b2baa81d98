/** The table of verdicts. It is at most as wide as the terminal: reasons that do not fit are on a line below. */
import { verdictColumns, type VerdictColumn } from "../view/verdict-columns.ts";
import type { FunctionView, RunView } from "../view/view-model.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { table, tableWidth, type Cell, type Column } from "./table.ts";
import { wrap } from "./wrap.ts";

export function verdictTable(
  view: RunView,
  options: { readonly columns: number; readonly indent: string; readonly paint: Paint },
): readonly string[] {
  const columns = verdictColumns(view);
  const narrow = columns.filter(({ title }) => title !== "reasons");
  const anyReason = view.functions.some(({ reasons }) => reasons.length > 0);
  const wide = anyReason ? columns : narrow;
  if (reasonsFit(wide, view, options)) return draw(wide, view, options);
  const [head = "", ...rows] = draw(narrow, view, options);
  return [head, ...rows.flatMap((row, index) => [row, ...reasonLines(view.functions[index], options)])];
}

function reasonsFit(
  list: readonly VerdictColumn[],
  view: RunView,
  { columns, indent }: { readonly columns: number; readonly indent: string },
): boolean {
  return tableWidth(titles(list), cells(list, view)) + indent.length <= columns;
}

function draw(
  list: readonly VerdictColumn[],
  view: RunView,
  options: { readonly columns: number; readonly indent: string; readonly paint: Paint },
): readonly string[] {
  return table(titles(list), cells(list, view), options);
}

const titles = (list: readonly VerdictColumn[]): readonly Column[] =>
  list.map(({ title, number }) => ({ title, align: number === true ? "right" : "left" }));
const cells = (list: readonly VerdictColumn[], view: RunView): readonly (readonly Cell[])[] =>
  view.functions.map((each) => list.map((column) => cellOf(column, each)));

/** What is bad has capitals, because there may be no colours. */
function cellOf({ title, cell }: VerdictColumn, view: FunctionView): Cell {
  const { text, ...tone } = cell(view);
  if (title === "verdict") return { text: view.verdictWord, ...tone };
  if (text === null) return { text: "-" };
  return { text: tone.tone === "bad" ? text.toUpperCase() : printable(text), ...tone };
}

function reasonLines(
  view: FunctionView | undefined,
  { columns, indent }: { readonly columns: number; readonly indent: string },
): readonly string[] {
  if (view === undefined || view.reasons.length === 0) return [];
  return wrap(view.reasons.join(", "), {
    columns,
    indent: `${indent}           `,
    first: `${indent}  because: `,
  });
}
