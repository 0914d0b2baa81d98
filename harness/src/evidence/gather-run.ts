/**
 * Gathers the evidence of a run directory while its files are read. If a function has many invocations, its quiet invocations (which
 * succeeded without anything unusual) are only counted, except those that the judgement needs (evidence-need.ts).
 */
import type { PlatformRecord } from "../domain/ended-environment.ts";
import type { FunctionEvidence } from "../domain/evidence.ts";
import type { JournalEvent } from "../domain/journal.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { Manifest } from "../domain/manifest.ts";
import type { PeerLogRecord } from "../domain/peer-log.ts";
import type { Plan } from "../domain/plan-file.ts";
import type { CondenseOptions, FunctionSources } from "./function-sources.ts";
import type { GatheredEvidence } from "./gathered-evidence.ts";
import { JournalSource } from "./journal-source.ts";
import { LinkSource } from "./link-source.ts";
import { PeerSource } from "./peer-source.ts";
import { RecordStore } from "./record-store.ts";
import type { RowStore } from "./row-store.ts";
import { storedFunctions } from "./stored-functions.ts";
import { StreamCollector } from "./stream-collector.ts";

/** Takes the lines of a run's files. The lines of one file come in their order in the file. `name` is the label of the function. */
export interface RunSink {
  journal(event: JournalEvent): void;
  record(name: string, record: LogRecord): void;
  peer(name: string, record: PeerLogRecord): void;
  link(name: string, record: LinkLogRecord): void;
}

/** The contents of those files of a run directory that are read as a whole. It also says which logs each function has. */
export interface ScannedRun {
  readonly manifest: Manifest;
  readonly plan: Plan | null;
  readonly applied: readonly PlatformRecord[] | null;
  /** The time of the last event in the journal. Null if the journal is empty. */
  readonly journalEnd: string | null;
  readonly functions: readonly ScannedFunction[];
}

export interface ScannedFunction extends Pick<
  FunctionEvidence,
  "name" | "functionArn" | "unreadable" | "metrics"
> {
  readonly has: { readonly peerLog: boolean; readonly linkLog: boolean };
}

interface FunctionReaders {
  readonly logs: StreamCollector;
  readonly peer: PeerSource;
  readonly link: LinkSource;
}

export class RunGathering implements RunSink {
  readonly #rows: RowStore;
  readonly #store: RecordStore;
  readonly #clockToleranceMs: number;
  readonly #journal: JournalSource;
  readonly #functions = new Map<string, FunctionReaders>();
  readonly #environments = new Map<string, number>();

  constructor(rows: RowStore, { profile, functions }: Manifest, clockToleranceMs = profile.clockToleranceMs) {
    this.#rows = rows;
    this.#store = new RecordStore(rows);
    this.#clockToleranceMs = clockToleranceMs;
    const names = functions.map(({ name }) => name);
    this.#journal = new JournalSource(rows, names);
    for (const name of names) this.#functions.set(name, this.#reading());
  }

  journal(event: JournalEvent): void {
    this.#journal.take(event);
  }

  record(name: string, record: LogRecord): void {
    this.#of(name).logs.add(record, name, null);
  }

  peer(name: string, record: PeerLogRecord): void {
    this.#of(name).peer.take(record);
  }

  link(name: string, record: LinkLogRecord): void {
    this.#of(name).link.take(record);
  }

  /** Closes the store of the evidence. After that, the evidence cannot be read. */
  close(): void {
    this.#rows.close();
  }

  evidence(
    { manifest, plan, applied, functions }: ScannedRun,
    condense: Pick<CondenseOptions, "heldMax" | "needs">,
  ): GatheredEvidence {
    this.#journal.finish();
    const linksWhole = this.#linksWhole();
    const sources = functions.map(({ name, has }): [string, FunctionSources] => {
      const { logs, peer, link } = this.#of(name);
      peer.finish();
      link.finish();
      link.store.whole &&= linksWhole;
      const driver = this.#journal.source(name).store;
      driver.whole &&= this.#journal.whole;
      const others = { driver, peer: has.peerLog ? peer : null, link: has.linkLog ? link : null };
      return [name, { streams: logs.finish(), others }];
    });
    const stored = storedFunctions(new Map(sources), this.#store, {
      ...condense,
      severalPeers: manifest.functions.some(({ peers = [] }) => peers.length > 0),
      clockToleranceMs: this.#clockToleranceMs,
      environmentNumber: (name) => this.#environmentNumber(name),
    });
    return {
      manifest,
      journal: this.#journal.events((name, row) => stored.get(name)?.isLeftOut(row) !== true),
      plan,
      applied,
      functions: functions.map(({ name, functionArn, metrics, unreadable }) => ({
        name,
        functionArn,
        unreadable,
        ...(metrics === undefined ? {} : { metrics }),
        ...(stored.get(name)?.evidence ?? { streams: [], peerLog: null, linkLog: null }),
      })),
    };
  }

  #of(name: string): FunctionReaders {
    return this.#functions.get(name) ?? this.#reading();
  }

  #reading(): FunctionReaders {
    return {
      logs: new StreamCollector({ since: null, until: null }, this.#store, {
        watch: true,
        reachMs: 2 * this.#clockToleranceMs,
      }),
      peer: new PeerSource(this.#rows, (bootId) => this.#store.bootNumber(bootId)),
      link: new LinkSource(this.#rows, (environment) => this.#environmentNumber(environment)),
    };
  }

  /**
   * An engine numbers the connections of all its functions together. If no number between the lowest and the highest is missing, no
   * connection between them is missing.
   */
  #linksWhole(): boolean {
    const links = [...this.#functions.values()].map(({ link }) => link);
    const count = links.reduce((sum, link) => sum + link.count, 0);
    const least = Math.min(...links.map((link) => link.least));
    const most = Math.max(...links.map((link) => link.most));
    return count === 0 || most - least + 1 === count;
  }

  #environmentNumber(logStreamName: string): number {
    const number = this.#environments.get(logStreamName) ?? this.#environments.size;
    this.#environments.set(logStreamName, number);
    return number;
  }
}
