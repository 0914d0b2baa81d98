/**
 * Decides which quiet invocations (evidence-need.ts) are kept: those without a line of the function, if other invocations of the
 * environment have lines.
 */
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
