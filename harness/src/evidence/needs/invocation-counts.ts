/** Counts, for each boot, the quiet invocations (evidence-need.ts) that are left out, and their lifecycle lines. */
import type { Condensing } from "../function-sources.ts";
import type { CondensedInvocations } from "../gathered-evidence.ts";
import { ordinalKey } from "../match-exact.ts";
import { ROW, type RecordStore } from "../record-store.ts";

export function countInvocations(
  store: RecordStore,
  { streams }: Condensing,
  leftOut: Iterable<number>,
): readonly CondensedInvocations[] {
  const names: string[] = [];
  for (const { logStreamName, part } of streams) names[part.number] = logStreamName;
  const counts = new Map<
    number,
    { -readonly [Key in keyof CondensedInvocations]: CondensedInvocations[Key] }
  >();
  for (const row of leftOut) {
    const [stream, bootId] = [store.stream(row), store.bootId(row)];
    const key = ordinalKey(stream, store.bootNumber(bootId));
    let counted = counts.get(key);
    if (counted === undefined) {
      const logStreamName = names[stream] ?? "";
      counted = { logStreamName, bootId, served: store.kind(row) === ROW.served, invocations: 0, lines: 0 };
      counts.set(key, counted);
    }
    counted.invocations += 1;
    counted.lines += store.lines(row);
  }
  return [...counts.values()];
}
