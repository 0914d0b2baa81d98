/**
 * A list of records that callers read from an index on. The index of a record never changes. To ask for records from an index on shows that
 * the caller has those before it. Of records that a caller has, only the latest are kept, for other callers.
 */
const READ_KEPT = 20_000;
const UNREAD_KEPT = 100_000;
/** Not fewer, because all the others are moved. */
const DROPPED_TOGETHER = 10_000;

export class KeptRecords<Kept> {
  private records: Kept[] = [];
  private firstIndex = 0;
  private readTo = 0;

  add(record: Kept): void {
    this.records.push(record);
    const { length } = this.records;
    const read = Math.min(this.readTo - this.firstIndex, length - READ_KEPT);
    const drop = Math.max(read, length - UNREAD_KEPT);
    if (drop < DROPPED_TOGETHER) return;
    this.records = this.records.slice(drop);
    this.firstIndex += drop;
  }

  from(index: number): { readonly records: readonly Kept[]; readonly next: number } {
    const next = this.firstIndex + this.records.length;
    this.readTo = Math.max(this.readTo, Math.min(index, next));
    return { records: this.records.slice(Math.max(0, index - this.firstIndex)), next };
  }
}
