/** Arranges the connections that the peer served in rows, one for each place of the peer. A row shows who held the place at each moment. */
import type { HoldMark } from "./marks.ts";

/** The largest number of rows. More rows would be too thin to see. If the peer has more places, the last row is for several places. */
const ROWS_MAX = 8;

/** Returns the rows. `holds` is ascending by `from`. A connection is put into the first free row; if no row is free, into the last row. */
export function holdRows(holds: readonly HoldMark[], places: number): readonly (readonly HoldMark[])[] {
  const rows: HoldMark[][] = Array.from({ length: Math.min(Math.max(1, places), ROWS_MAX) }, () => []);
  for (const hold of holds) {
    const free = rows.find((row) => (row.at(-1)?.to ?? -Infinity) <= hold.from);
    (free ?? rows.at(-1))?.push(hold);
  }
  return rows;
}
