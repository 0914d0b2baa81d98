/** Pulls what the engine knows beyond AWS (link log, applied plan entries) into the run directory, page by page. */
import type { EngineControl } from "../ports/engine-control.ts";
import type { RunStore } from "../ports/run-store.ts";

export class EngineRecords {
  readonly #control: EngineControl;
  readonly #store: RunStore;
  /** Function name at the engine → label of the run; what other functions do is not ours. */
  readonly #labels: ReadonlyMap<string, string>;
  /** What a resumed run adds: its engine counts connections and plan entries from the beginning again. */
  readonly #offsets: { readonly connection: number; readonly entry: number };
  #linksFrom = 0;
  #appliedFrom = 0;

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
    for (let more = true; more;) {
      const page = await this.#control.links(this.#linksFrom);
      for (const [functionName, label] of this.#labels) {
        const own = page.entries.filter((record) => record.functionName === functionName);
        this.#store.appendLinks(
          label,
          own.map((record) => ({ ...record, connection: record.connection + this.#offsets.connection })),
        );
      }
      more = page.next > this.#linksFrom && page.entries.length > 0;
      this.#linksFrom = page.next;
    }
    for (let more = true; more;) {
      const page = await this.#control.applied(this.#appliedFrom);
      const own = page.entries.filter((entry) => this.#labels.has(entry.functionName));
      this.#store.appendApplied(own.map((entry) => ({ ...entry, entry: entry.entry + this.#offsets.entry })));
      more = page.next > this.#appliedFrom && page.entries.length > 0;
      this.#appliedFrom = page.next;
    }
  }
}
