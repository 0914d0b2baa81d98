/** Quiet invocations of which nothing shows what they did, of a process that writes lines of its own: where it wrote none, that is said of each. */
import { ROW } from "../record-store.ts";
import type { Retainer, Retaining } from "./retainer.ts";

export function retainSilentInvocations({ store, streams, keep }: Retaining): Retainer {
  const writing = new Set(streams.filter(({ part }) => part.lifecycleLines).map(({ part }) => part.number));
  return {
    quiet(row) {
      if (store.kind(row) === ROW.unseen && writing.has(store.stream(row))) keep(row);
    },
  };
}
