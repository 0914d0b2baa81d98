/**
 * Lists the sources that have unreadable lines, and whose lines have neither numbers nor ids. It is possible that nothing else shows that a
 * line of such a source was lost.
 */
import type { GatheredFunction } from "../evidence/gathered-evidence.ts";
import type { EvidenceView } from "./correlate/evidence-view.ts";

export const UNNUMBERED_NEEDS = ["invocation-counts"] as const;

export function unnumberedSources(
  { unreadable }: Pick<GatheredFunction, "unreadable">,
  { environmentCounts }: EvidenceView<typeof UNNUMBERED_NEEDS>,
): string[] {
  const recordsHaveIds = environmentCounts.length > 0 && environmentCounts.every(({ numbered }) => numbered);
  return unreadable
    .filter(
      (entry) =>
        entry.lines > 0 &&
        !(recordsHaveIds && /(^|\/)logs\/(?!peer-|link-)[^/]*\.jsonl$/.test(entry.source)) &&
        !/(^|\/)(?:journal|metrics)\.jsonl$/.test(entry.source),
    )
    .map((entry) => entry.source);
}
