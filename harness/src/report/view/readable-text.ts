/** A sentence of the judgement as people read it: short names for environments, and the run's own time beside the time of day. */
import { shortenIds, type EnvironmentNames } from "./environment-names.ts";
import { formatClock, formatOffset, instantOf } from "./format-time.ts";

export interface ReadableContext {
  readonly names: EnvironmentNames;
  /** Ids that the sentence may use. */
  readonly ids: readonly (string | null)[];
  /** Epoch milliseconds of offset 0. */
  readonly start: number | null;
}

export function readableText(text: string, { names, ids, start }: ReadableContext): string {
  const short = shortenIds(text, names, ids);
  if (start === null) return short;
  return short.replace(ISO_INSTANT, (stamp) => {
    const instant = instantOf(stamp);
    return instant === null ? stamp : `${formatOffset(instant - start, 1)} (${formatClock(instant)})`;
  });
}

const ISO_INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/gu;
