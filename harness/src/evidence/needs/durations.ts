/** Durations of the invocations that are left out: what the caller waited, or, without a driver, what the platform reports. */
import type { Condensing } from "../function-sources.ts";
import type { RecordStore } from "../record-store.ts";

export function durationsOf(
  store: RecordStore,
  { others: { driver }, partners: { driver: partner } }: Pick<Condensing, "others" | "partners">,
  leftOut: Iterable<number>,
): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      for (const row of leftOut) {
        const durationMs = driver === null ? store.durationMs(row) : driver.extra(partner(row));
        if (durationMs !== null) yield durationMs;
      }
    },
  };
}
