/** The invocations that bound how far apart clocks were: of each pair of clocks, the one that bounds it closest. */
import type { Partners, OtherSources } from "./function-sources.ts";
import { ROW, type RecordStore } from "./record-store.ts";

interface Extreme {
  value: number;
  row: number;
}

export class SkewExtremes {
  readonly #store: RecordStore;
  readonly #others: OtherSources;
  readonly #partners: Partners;
  readonly #least: Record<"sent" | "answered" | "accepted", Extreme> = {
    sent: { value: Infinity, row: -1 },
    answered: { value: Infinity, row: -1 },
    accepted: { value: Infinity, row: -1 },
  };

  constructor(
    store: RecordStore,
    { others, partners }: { readonly others: OtherSources; readonly partners: Partners },
  ) {
    this.#store = store;
    this.#others = others;
    this.#partners = partners;
  }

  take(row: number): void {
    const store = this.#store;
    const { driver, peer } = this.#others;
    const kind = store.kind(row);
    if (kind === ROW.loose || kind === ROW.odd) return;
    const [driven, seen] = [this.#partners.driver(row), this.#partners.peer(row)];
    if (driver !== null && driven !== -1) {
      this.#note("sent", store.start(row) - driver.from(driven), row);
      this.#note("answered", driver.to(driven) - store.start(row), row);
    }
    if (peer !== null && seen !== -1)
      this.#note("accepted", store.connectedAt(row) - peer.store.from(seen), row);
  }

  rows(): readonly number[] {
    return Object.values(this.#least)
      .map(({ row }) => row)
      .filter((row) => row !== -1);
  }

  #note(name: "sent" | "answered" | "accepted", value: number, row: number): void {
    if (value < this.#least[name].value) this.#least[name] = { value, row };
  }
}
