import stringWidth from "string-width";
import type { Tone } from "../view/tone.ts";
import { shorten } from "./wrap.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

export interface TableOptions {
  readonly columns: number;
  readonly indent: string;
  readonly paint: (tone: Tone, text: string) => string;
}

const GAP = "  ";

/** The width of the content, without the indent. */
export function tableWidth(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number {
  return widths(columns, rows).reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1);
}

/** If the table is too wide, the first column is shortened in the middle. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions,
): readonly string[] {
  const over = tableWidth(columns, rows) + options.indent.length - options.columns;
  const wanted = widths(columns, rows);
  const fitted = wanted.map((width, index) => (index === 0 && over > 0 ? Math.max(8, width - over) : width));
  const line = (cells: readonly Cell[]): string =>
    (
      options.indent +
      cells.map((cell, index) => padded(cell, columns[index], fitted[index] ?? 0, options)).join(GAP)
    ).trimEnd();
  return [line(columns.map(({ title }) => ({ text: title, tone: "quiet" }))), ...rows.map(line)];
}

function padded(cell: Cell, column: Column | undefined, width: number, { paint }: TableOptions): string {
  const text = shorten(cell.text, width);
  const padding = " ".repeat(Math.max(0, width - stringWidth(text)));
  const painted = cell.tone === undefined ? text : paint(cell.tone, text);
  return column?.align === "right" ? padding + painted : painted + padding;
}

function widths(columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly number[] {
  return columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[index]?.text ?? ""))),
  );
}
