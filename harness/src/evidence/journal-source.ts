/**
 * Reads a journal event by event. `invocation-sent` and `invocation-ended` go to the source of their function. All other events are kept
 * here.
 */
import type { JournalEvent } from "../domain/journal.ts";
import { DriverSource } from "./driver-source.ts";
import type { RowStore } from "./row-store.ts";
import type { SourceLine } from "./source-store.ts";

export class JournalSource {
  readonly #rows: RowStore;
  readonly #functions: ReadonlyMap<string, DriverSource>;
  readonly #others: SourceLine<JournalEvent>[] = [];
  #read = 0;
  #whole = true;

  constructor(rows: RowStore, names: readonly string[]) {
    this.#rows = rows;
    this.#functions = new Map(names.map((name) => [name, new DriverSource(rows)]));
  }

  /** Whether the sequence numbers count from 1 without a gap, in the order of the lines. */
  get whole(): boolean {
    return this.#whole;
  }

  take(event: JournalEvent): void {
    const order = this.#read;
    this.#read += 1;
    if (event.sequence !== this.#read) this.#whole = false;
    const own =
      "function" in event && event.function !== null ? this.#functions.get(event.function) : undefined;
    if (own !== undefined && event.event === "invocation-sent") own.sent(order, event);
    else if (own !== undefined && event.event === "invocation-ended") own.ended(order, event);
    else this.#others.push({ order, value: event });
    if (own !== undefined && event.event === "invocation-skipped") own.skipped(event);
  }

  source(name: string): DriverSource {
    return this.#functions.get(name) ?? new DriverSource(this.#rows);
  }

  finish(): void {
    for (const source of this.#functions.values()) source.finish();
  }

  /** Returns the events in their order, without those of invocations that are left out. */
  events(wanted: (name: string, row: number) => boolean): JournalEvent[] {
    const lines = [...this.#others];
    for (const [name, { store }] of this.#functions) {
      lines.push(...store.loose);
      for (let row = 0; row < store.length; row += 1) if (wanted(name, row)) lines.push(...store.lines(row));
    }
    return lines.sort((a, b) => a.order - b.order).map(({ value }) => value);
  }
}
