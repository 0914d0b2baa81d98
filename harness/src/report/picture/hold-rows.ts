/** Arranges the connections that the peer served in rows, one for each of its places: who held each place at each moment. */
import type { HoldMark } from "./marks.ts";

/** More rows would be too thin to see. Then several places share the last row. */
const ROWS_MAX = 8;

/** `holds` is ascending by `from`. A connection gets the first row that is free, so that a row shows one connection at a time. */
export function holdRows(holds: readonly HoldMark[], places: number): readonly (readonly HoldMark[])[] {
  const rows: HoldMark[][] = Array.from({ length: Math.min(Math.max(1, places), ROWS_MAX) }, () => []);
  for (const hold of holds) {
    const free = rows.find((row) => (row.at(-1)?.to ?? -Infinity) <= hold.from);
    (free ?? rows.at(-1))?.push(hold);
  }
  return rows;
}
