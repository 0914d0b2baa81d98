/** Returns the largest number of spans, of time or of lines of one log, that overlap. Spans that only touch do not overlap. */
import type { Span } from "../../base/clocks.ts";
export function mostOpen(spans: readonly Span<number>[]): number {
  const turns = spans
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => (a.at === b.at ? a.by - b.by : a.at - b.at));
  let open = 0;
  let most = spans.length === 0 ? 0 : 1;
  for (const { by } of turns) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
