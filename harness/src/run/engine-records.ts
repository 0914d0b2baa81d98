/**
 * Copies records that only the engine has (link log, applied plan entries, ends of environments) into the run directory. Every engine
 * begins to number its records anew, so the records of a restarted engine are read from the first one on.
 */
import type { EngineList } from "../record/evidence-problems.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { EngineControl, EntryPage } from "./ports/engine-control.ts";
import type { RunStore } from "./ports/run-store.ts";

export interface EngineReading {
  /** When the engine started. This time identifies it. */
  readonly since: string | null;
  /** Added to each connection number of the engine, because every engine counts its connections anew. */
  readonly connections: number;
  /** The highest number of a connection in the run. */
  readonly lastConnection: number;
  /** The last link record of each function, by label, if it is from this engine. */
  readonly lastLinks: ReadonlyMap<string, LinkLogRecord>;
  /** Environments whose ends are in the run. */
  readonly ended: ReadonlySet<string>;
  /** Whether the run may lack the ends of environments of an earlier engine. */
  readonly lost: boolean;
}

interface EngineRecordsOptions {
  readonly control: EngineControl;
  readonly store: Pick<RunStore, "appendLinks" | "appendApplied">;
  /** The functions' labels, by the names that the functions have at the engine. Records of other functions are ignored. */
  readonly labels: ReadonlyMap<string, string>;
  readonly from: EngineReading;
  /**
   * How many plan entries the engine did not get. The engine's number of an entry plus this count is the number of the entry in the
   * complete plan.
   */
  readonly entries: number;
  /** Reads the logs of a function, and returns the environments in them. */
  readonly environments: (label: string) => Promise<ReadonlySet<string>>;
  /** Called when a new engine answers. `connections` is added to its connection numbers. Returns how many plan entries were skipped. */
  readonly restarted: (since: string, connections: number) => Promise<number>;
  /** Called if the engine has dropped records of a list before this run read them. */
  readonly forgotten: (list: EngineList) => void;
}

export class EngineRecords {
  readonly #options: EngineRecordsOptions;
  readonly #ended: Set<string>;
  readonly #lastLinks: Map<string, LinkLogRecord>;
  #since: string | null;
  #connections: number;
  #lastConnection: number;
  #entries: number;
  #lost: boolean;
  #from = { links: 0, applied: 0, ends: 0 };

  constructor(options: EngineRecordsOptions) {
    const { since, connections, lastConnection, lastLinks, ended, lost } = options.from;
    this.#options = options;
    this.#since = since;
    this.#connections = connections;
    this.#lastConnection = lastConnection;
    this.#lastLinks = new Map(lastLinks);
    this.#ended = new Set(ended);
    this.#lost = lost;
    this.#entries = options.entries;
  }

  async pull(): Promise<void> {
    const { control } = this.#options;
    await this.#read(
      "links",
      (from) => control.links(from),
      (entries) => this.#takeLinks(entries),
    );
    this.#noteForgotten();
    await this.#read(
      "applied",
      (from) => control.applied(from),
      (entries) => {
        const own = entries.filter((one) => this.#isOwn(one));
        this.#options.store.appendApplied(own.map((one) => ({ ...one, entry: one.entry + this.#entries })));
      },
    );
    await this.#read(
      "ends",
      (from) => control.ends(from),
      (entries) => {
        const own = entries.filter((one) => this.#isOwn(one) && !this.#ended.has(one.environment));
        this.#options.store.appendApplied(own);
        for (const { environment } of own) this.#ended.add(environment);
      },
    );
    if (this.#lost) await this.#noteLost();
  }

  async #read<Entry>(
    list: EngineList,
    ask: (from: number) => Promise<EntryPage<Entry>>,
    take: (entries: readonly Entry[]) => void,
  ): Promise<void> {
    for (let more = true; more;) {
      const from = this.#from[list];
      const page = await ask(from);
      if (page.since !== null && page.since !== this.#since) {
        await this.#restart(page.since);
        continue;
      }
      // A run that has read nothing does not need the records of earlier runs.
      if (from > 0 && page.next - page.entries.length > from) this.#options.forgotten(list);
      take(page.entries);
      this.#from[list] = page.next;
      more = page.next > from && page.entries.length > 0;
    }
  }

  async #restart(since: string): Promise<void> {
    // The killed engine may not have reported its last connections. A skipped number shows that connections may be missing.
    const connections = this.#lastConnection + 1;
    this.#entries = await this.#options.restarted(since, connections);
    this.#since = since;
    this.#connections = connections;
    this.#lastLinks.clear();
    this.#from = { links: 0, applied: 0, ends: 0 };
    this.#lost = true;
  }

  #takeLinks(entries: readonly LinkLogRecord[]): void {
    for (const [functionName, label] of this.#options.labels) {
      const own = entries
        .filter((record) => record.functionName === functionName)
        .map((record) => ({ ...record, connection: record.connection + this.#connections }));
      const fresh = this.#afterLast(label, own);
      this.#options.store.appendLinks(label, fresh);
      for (const { connection } of fresh) this.#lastConnection = Math.max(this.#lastConnection, connection);
    }
  }

  /** Leaves out records that the resumed run already has. */
  #afterLast(label: string, records: readonly LinkLogRecord[]): readonly LinkLogRecord[] {
    const last = this.#lastLinks.get(label);
    if (last === undefined) return records;
    const at = records.findIndex((record) => isSame(record, last));
    // The last record is on a later page, or the engine has forgotten it because so many records came after it.
    if (at === -1) return records.filter(({ time }) => time > last.time);
    this.#lastLinks.delete(label);
    return records.slice(at + 1);
  }

  /**
   * Called when all link records have been read. A record that is still in `#lastLinks` was not among them, so the engine has dropped it.
   * A record of an earlier engine does not show this: its connection number is not higher than `#connections`.
   */
  #noteForgotten(): void {
    const missing = [...this.#lastLinks.values()].some(({ connection }) => connection > this.#connections);
    if (missing) this.#options.forgotten("links");
    this.#lastLinks.clear();
  }

  /**
   * Records the ends of environments of a killed engine. Without these records, an environment that was never invoked would seem to be
   * alive together with environments of the next engine.
   */
  async #noteLost(): Promise<void> {
    const { control, labels, environments, store } = this.#options;
    // The killed engine's environments ended before this engine started.
    const time = this.#since;
    if (time === null) return;
    for (const [functionName, label] of labels) {
      const known = await environments(label);
      const alive = new Set(await control.environments(functionName));
      const lost = [...known].filter((one) => !alive.has(one) && !this.#ended.has(one));
      store.appendApplied(
        lost.map((environment) => ({ result: "ended", functionName, environment, time, ending: "silence" })),
      );
      for (const environment of lost) this.#ended.add(environment);
    }
    this.#lost = false;
  }

  #isOwn({ functionName }: { readonly functionName: string }): boolean {
    return this.#options.labels.has(functionName);
  }
}

const isSame = (one: LinkLogRecord, other: LinkLogRecord): boolean =>
  one.connection === other.connection &&
  one.event === other.event &&
  one.time === other.time &&
  one.environment === other.environment;
