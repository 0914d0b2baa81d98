/** The first time that more invocations ran at once than ever before, as the check of reserved concurrency counts them. Rows come by their starts. */
import type { RecordStore } from "./record-store.ts";

interface Running {
  readonly row: number;
  readonly stream: number;
  readonly until: number;
}

export class MostConcurrent {
  readonly #store: RecordStore;
  readonly #toleranceMs: number;
  #running: Running[] = [];
  #best: readonly Running[] = [];

  constructor(store: RecordStore, toleranceMs: number) {
    this.#store = store;
    this.#toleranceMs = toleranceMs;
  }

  take(row: number): void {
    const [start, stream] = [this.#store.start(row), this.#store.stream(row)];
    this.#running = this.#running.filter((one) => one.until > start && one.stream !== stream);
    this.#running.push({ row, stream, until: Math.max(start, this.#store.end(row) - this.#toleranceMs) });
    if (this.#running.length > this.#best.length) this.#best = [...this.#running];
  }

  rows(): readonly number[] {
    return this.#best.map(({ row }) => row);
  }
}
