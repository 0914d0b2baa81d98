/** Records that are asked for from an index on. Keeps the latest ones only; indexes never change. */
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
