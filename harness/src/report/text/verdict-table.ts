/** The table of verdicts. It is at most as wide as the terminal: reasons that do not fit are on a line below. */
import type { Verdict } from "../../words/verdict.ts";
import type { FunctionView, RunView } from "../view/view-model.ts";
import type { Paint, Tone } from "./paint.ts";
import { printable } from "./printable.ts";
import { table, tableWidth, type Cell, type Column } from "./table.ts";
import { wrap } from "./wrap.ts";

export const VERDICT_TONE: Readonly<Record<Verdict, Tone>> = {
  pass: "good",
  fail: "bad",
  inconclusive: "doubt",
};

interface Field {
  readonly column: Column;
  readonly cell: (view: FunctionView) => Cell;
}

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });
const amount = (value: number, tone: Tone): Cell =>
  value === 0 ? { text: "0", tone: "quiet" } : { text: String(value), tone };

const FUNCTION: Field = {
  column: left("function"),
  cell: ({ name }) => ({ text: printable(name), tone: "strong" }),
};
const VERDICT: Field = {
  column: left("verdict"),
  cell: (view) => ({ text: view.verdictWord, tone: VERDICT_TONE[view.verdict] }),
};
const EXPECTED: Field = { column: left("expected"), cell: ({ expected }) => ({ text: expected ?? "-" }) };
const MET: Field = {
  column: left("met"),
  cell: ({ expectationMet: met }) =>
    met === null ? { text: "-" } : met ? { text: "yes", tone: "good" } : { text: "NO", tone: "bad" },
};
const OUTCOMES: readonly Field[] = [
  { column: right("ok"), cell: ({ succeeded }) => ({ text: String(succeeded) }) },
  { column: right("failed"), cell: ({ failed }) => amount(failed, "doubt") },
];
const UNKNOWN: Field = { column: right("unknown"), cell: ({ unknown }) => amount(unknown, "doubt") };
const NUMBERS: readonly Field[] = [
  { column: right("exposures"), cell: ({ exposures }) => amount(exposures, "strong") },
  { column: right("harm"), cell: ({ harm }) => amount(harm, "bad") },
];
const REASONS: Field = { column: left("reasons"), cell: ({ reasons }) => ({ text: reasons.join(", ") }) };

export function verdictTable(
  view: RunView,
  options: { readonly columns: number; readonly indent: string; readonly paint: Paint },
): readonly string[] {
  const narrow = [
    ...[FUNCTION, VERDICT],
    ...(view.hasExpectations ? [EXPECTED, MET] : []),
    ...OUTCOMES,
    ...(view.hasUnknown ? [UNKNOWN] : []),
    ...NUMBERS,
  ];
  const anyReason = view.functions.some(({ reasons }) => reasons.length > 0);
  const wide = anyReason ? [...narrow, REASONS] : narrow;
  if (reasonsFit(wide, view, options)) return draw(wide, view, options);
  const [head = "", ...rows] = draw(narrow, view, options);
  return [head, ...rows.flatMap((row, index) => [row, ...reasonLines(view.functions[index], options)])];
}

function reasonsFit(
  fields: readonly Field[],
  view: RunView,
  { columns, indent }: { readonly columns: number; readonly indent: string },
): boolean {
  return tableWidth(titles(fields), cells(fields, view)) + indent.length <= columns;
}

function draw(
  fields: readonly Field[],
  view: RunView,
  options: { readonly columns: number; readonly indent: string; readonly paint: Paint },
): readonly string[] {
  return table(titles(fields), cells(fields, view), options);
}

const titles = (fields: readonly Field[]): readonly Column[] => fields.map(({ column }) => column);
const cells = (fields: readonly Field[], view: RunView): readonly (readonly Cell[])[] =>
  view.functions.map((each) => fields.map(({ cell }) => cell(each)));

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
