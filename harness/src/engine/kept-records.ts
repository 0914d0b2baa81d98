/** A list of records that callers read from an index on. Keeps only the latest records; the index of a record never changes. */
const RECORDS_KEPT = 100_000;

export class KeptRecords<Kept> {
  private records: Kept[] = [];
  private firstIndex = 0;

  add(record: Kept): void {
    this.records.push(record);
    if (this.records.length > 2 * RECORDS_KEPT) {
      this.firstIndex += this.records.length - RECORDS_KEPT;
      this.records = this.records.slice(-RECORDS_KEPT);
    }
  }

  from(index: number): { readonly records: readonly Kept[]; readonly next: number } {
    const next = this.firstIndex + this.records.length;
    return { records: this.records.slice(Math.max(0, index - this.firstIndex)), next };
  }
}
