/**
 * Keeps the invocations that ran at the time of the highest concurrency. Concurrency is counted as in the check of reserved concurrency.
 */
import type { Retainer, Retaining } from "./retainer.ts";

interface RunningRow {
  readonly row: number;
  readonly stream: number;
  readonly until: number;
}

export function retainMostConcurrent({ store, clockToleranceMs, keep }: Retaining): Retainer {
  let running: RunningRow[] = [];
  let best: readonly RunningRow[] = [];
  return {
    byStart(row) {
      const [start, stream] = [store.start(row), store.stream(row)];
      running = running.filter((one) => one.until > start && one.stream !== stream);
      running.push({ row, stream, until: Math.max(start, store.end(row) - clockToleranceMs) });
      if (running.length > best.length) best = [...running];
    },
    finish() {
      for (const { row } of best) keep(row);
    },
  };
}
