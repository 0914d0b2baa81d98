/** Counts, for each boot, the quiet invocations (evidence-need.ts) that are left out, and their lifecycle lines. */
import type { CondensedInvocations } from "../gathered-evidence.ts";
import { ROW, type RecordStore } from "../record-store.ts";

/** `leftOut` are rows of one log stream. */
export function countInvocations(
  store: RecordStore,
  leftOut: Iterable<number>,
): readonly CondensedInvocations[] {
  const counts = new Map<
    string | null,
    { -readonly [Key in keyof CondensedInvocations]: CondensedInvocations[Key] }
  >();
  for (const row of leftOut) {
    const bootId = store.bootId(row);
    let counted = counts.get(bootId);
    if (counted === undefined) {
      counted = { bootId, served: store.kind(row) === ROW.served, invocations: 0, lines: 0 };
      counts.set(bootId, counted);
    }
    counted.invocations += 1;
    counted.lines += store.lines(row);
  }
  return [...counts.values()];
}
