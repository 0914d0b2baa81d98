/** Shows the first rows of a table, and more on request: ten thousand rows would slow the page down. */
import { button, element } from "../element.ts";

const FIRST = 25;
/** A table with up to this many rows has no button. */
const WHOLE = 50;
const MORE = 500;

export interface GrowingRows<Row> {
  readonly body: HTMLTableSectionElement;
  readonly more: HTMLElement;
  readonly show: (rows: readonly Row[]) => void;
}

export function growingRows<Row>(make: (row: Row) => HTMLTableRowElement): GrowingRows<Row> {
  const body = element("tbody");
  const more = element("p", { class: "more" });
  let rows: readonly Row[] = [];
  let shown = 0;
  const grow = (by: number): void => {
    body.append(...rows.slice(shown, shown + by).map(make));
    shown = Math.min(rows.length, shown + by);
    const rest = rows.length - shown;
    more.replaceChildren(
      ...(rest === 0
        ? []
        : [button({ label: `Show ${Math.min(rest, MORE)} more of ${rest}`, onClick: () => grow(MORE) })]),
    );
  };
  return {
    body,
    more,
    show: (next) => {
      [rows, shown] = [next, 0];
      body.replaceChildren();
      grow(rows.length <= WHOLE ? WHOLE : FIRST);
    },
  };
}

export function headRow(
  titles: readonly { readonly text: string; readonly number?: boolean }[],
): HTMLTableSectionElement {
  const cells = titles.map(({ text, number }) =>
    element("th", { text, attributes: { scope: "col" }, ...(number === true ? { class: "number" } : {}) }),
  );
  return element("thead", { children: [element("tr", { children: cells })] });
}

export function cell(text: string, className?: string): HTMLTableCellElement {
  return element("td", { text, ...(className === undefined ? {} : { class: className }) });
}
