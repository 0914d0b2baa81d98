/** Keeps the quiet invocations (evidence-need.ts) without a lifecycle line, if the log stream of their environment has lifecycle lines. */
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
