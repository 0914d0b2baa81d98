/**
 * Compares how long two actions, A and B, take. They are measured in pairs, A directly before B. So the median of the ratios is meaningful
 * even if the speed of the machine changes slowly.
 */
export interface PairedFigures {
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
  readonly ratioMin: number;
  readonly ratioMax: number;
  readonly pairs: number;
}

type Timed = () => Promise<number>;

/** Runs `warmUp` pairs that do not count, then `pairs` pairs. `a` and `b` return how many milliseconds they took. */
export async function timePaired(
  a: Timed,
  b: Timed,
  options: { readonly pairs: number; readonly warmUp: number },
): Promise<PairedFigures> {
  const rows: { a: number; b: number }[] = [];
  for (let pair = 0; pair < options.pairs + options.warmUp; pair += 1) {
    const row = { a: await a(), b: await b() };
    if (pair >= options.warmUp) rows.push(row);
  }
  const ratios = rows.map((row) => row.a / row.b);
  return {
    a: median(rows.map((row) => row.a)),
    b: median(rows.map((row) => row.b)),
    ratio: median(ratios),
    ratioMin: Math.min(...ratios),
    ratioMax: Math.max(...ratios),
    pairs: rows.length,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
