/**
 * A list of records. A caller asks for all records from an index on, and the index of a record never changes. Such a request shows that the
 * caller already has the records before this index. Of the records that a caller already has, only the latest are kept, because other
 * callers may still ask for them.
 */
const READ_KEPT = 20_000;
const UNREAD_KEPT = 100_000;
/** At least this many records are dropped at one time, because each time all records that stay are copied. */
const DROPPED_TOGETHER = 10_000;

export class KeptRecords<Kept> {
  #records: Kept[] = [];
  #firstIndex = 0;
  #readTo = 0;

  add(record: Kept): void {
    this.#records.push(record);
    const { length } = this.#records;
    const read = Math.min(this.#readTo - this.#firstIndex, length - READ_KEPT);
    const drop = Math.max(read, length - UNREAD_KEPT);
    if (drop < DROPPED_TOGETHER) return;
    this.#records = this.#records.slice(drop);
    this.#firstIndex += drop;
  }

  from(index: number): { readonly records: readonly Kept[]; readonly next: number } {
    const next = this.#firstIndex + this.#records.length;
    this.#readTo = Math.max(this.#readTo, Math.min(index, next));
    return { records: this.#records.slice(Math.max(0, index - this.#firstIndex)), next };
  }
}
