/**
 * Copies the records that only the engine has, and that AWS does not show (link log, applied plan entries, ends of environments), into the
 * run directory, page by page.
 */
import type { EngineControl, EntryPage } from "../ports/engine-control.ts";
import type { RunStore } from "../ports/run-store.ts";

export class EngineRecords {
  readonly #control: EngineControl;
  readonly #store: RunStore;
  /** The label of each function by its name at the engine. Records of other functions are ignored. */
  readonly #labels: ReadonlyMap<string, string>;
  /** Added to the engine's numbers of connections and plan entries: the engine of a resumed run counts from the beginning again. */
  readonly #offsets: { readonly connection: number; readonly entry: number };
  #linksFrom = 0;
  #appliedFrom = 0;
  #endsFrom = 0;

  constructor(
    control: EngineControl,
    store: RunStore,
    labels: ReadonlyMap<string, string>,
    offsets: { readonly connection: number; readonly entry: number },
  ) {
    this.#control = control;
    this.#store = store;
    this.#labels = labels;
    this.#offsets = offsets;
  }

  async pull(): Promise<void> {
    const { connection, entry } = this.#offsets;
    for await (const page of pages((from) => this.#control.links(from), this.#linksFrom)) {
      for (const [functionName, label] of this.#labels) {
        const own = page.entries.filter((record) => record.functionName === functionName);
        this.#store.appendLinks(
          label,
          own.map((record) => ({ ...record, connection: record.connection + connection })),
        );
      }
      this.#linksFrom = page.next;
    }
    for await (const page of pages((from) => this.#control.applied(from), this.#appliedFrom)) {
      const own = page.entries.filter((one) => this.#labels.has(one.functionName));
      this.#store.appendApplied(own.map((one) => ({ ...one, entry: one.entry + entry })));
      this.#appliedFrom = page.next;
    }
    for await (const page of pages((from) => this.#control.ends(from), this.#endsFrom)) {
      this.#store.appendApplied(page.entries.filter((one) => this.#labels.has(one.functionName)));
      this.#endsFrom = page.next;
    }
  }
}

/** Yields pages until there are no more entries. */
async function* pages<Entry>(
  ask: (from: number) => Promise<EntryPage<Entry>>,
  first: number,
): AsyncGenerator<EntryPage<Entry>> {
  let from = first;
  for (let more = true; more;) {
    const page = await ask(from);
    yield page;
    more = page.next > from && page.entries.length > 0;
    from = page.next;
  }
}
