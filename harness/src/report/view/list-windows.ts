/**
 * Lists harm windows whose sentences differ only in length and number of invocations once: with two versions invoked in turn, each failure is a
 * window of its own. Pure.
 */
import { groupBy } from "../../base/group-by.ts";
import { withMore } from "../wording/fixed-words.ts";
import type { WindowView } from "./view-model.ts";

/** At most `max` windows, the text of each with the number of those like it; and how many windows these are not. */
export function listWindows(
  windows: readonly WindowView[],
  max: number,
): { readonly listed: readonly WindowView[]; readonly hidden: number } {
  const groups = [...groupBy(windows, ({ likeness }) => likeness).values()];
  const listed = groups
    .slice(0, max)
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ ...first, text: withMore(first.text, others.length) }],
    );
  return { listed, hidden: groups.slice(max).flat().length };
}
