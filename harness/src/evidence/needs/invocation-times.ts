/** Returns log stream, start and end of each invocation that is only counted (gathered-evidence.ts). */
import type { Condensing } from "../function-sources.ts";
import type { CondensedTime } from "../gathered-evidence.ts";
import type { RecordStore } from "../record-store.ts";

export function timesOf(
  store: RecordStore,
  { streams }: Pick<Condensing, "streams">,
  leftOut: Iterable<number>,
): Iterable<CondensedTime> {
  const names: string[] = [];
  for (const { logStreamName, part } of streams) names[part.number] = logStreamName;
  return {
    *[Symbol.iterator]() {
      for (const row of leftOut)
        yield {
          logStreamName: names[store.stream(row)] ?? "",
          start: store.start(row),
          end: store.end(row),
        };
    },
  };
}
