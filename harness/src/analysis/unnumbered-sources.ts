/**
 * Lists the sources that have unreadable lines, except those in which other lines or numbers show what was lost: the journal, the metrics,
 * and a function's log in which every event has an id. The logs of peers and links are always listed, although most of their lines have
 * numbers: a lost line could be one that shows no gap, such as the last line.
 */
import type { GatheredFunction } from "../evidence/gathered-evidence.ts";
import type { FunctionHistory } from "./correlate/function-history.ts";

export function unnumberedSources(
  { unreadable }: Pick<GatheredFunction, "unreadable">,
  { environments }: FunctionHistory,
): string[] {
  const recordsHaveIds = environments.length > 0 && environments.every(({ numbered }) => numbered);
  return unreadable
    .filter(
      (entry) =>
        entry.lines > 0 &&
        !(recordsHaveIds && /(^|\/)logs\/(?!peer-|link-)[^/]*\.jsonl$/.test(entry.source)) &&
        !/(^|\/)(?:journal|metrics)\.jsonl$/.test(entry.source),
    )
    .map((entry) => entry.source);
}
