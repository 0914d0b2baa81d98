import type { HoldMark } from "./marks.ts";

/** More rows would be too thin to see. If the peer has more places, the last row is for several of them. */
const ROWS_MAX = 8;

/** `holds` is ascending by `from`. Each connection gets the first free row, else the last row. So a row shows who held one place. */
export function holdRows(holds: readonly HoldMark[], places: number): readonly (readonly HoldMark[])[] {
  const rows: HoldMark[][] = Array.from({ length: Math.min(Math.max(1, places), ROWS_MAX) }, () => []);
  for (const hold of holds) {
    const free = rows.find((row) => (row.at(-1)?.to ?? -Infinity) <= hold.from);
    (free ?? rows.at(-1))?.push(hold);
  }
  return rows;
}
