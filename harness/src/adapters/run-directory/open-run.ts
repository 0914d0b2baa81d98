/**
 * A run directory → the evidence in it, for a judgement of a run of any length: log records lie in temporary files, and of many invocations
 * the quiet ones are counted, with what the journal, the peer's log and the links say of them.
 */
import type { Evidence } from "../../domain/evidence.ts";
import type { Manifest } from "../../domain/manifest.ts";
import { JournalSource } from "../../evidence/journal-source.ts";
import { LinkSource } from "../../evidence/link-source.ts";
import { PeerSource } from "../../evidence/peer-source.ts";
import { RecordStore } from "../../evidence/record-store.ts";
import type { StoredSources } from "../../evidence/sources.ts";
import { storedFunctions } from "../../evidence/stored-functions.ts";
import { StreamCollector } from "../../evidence/stream-collector.ts";
import { scanRun, type RunSink, type ScannedRun } from "./scan-run.ts";

export interface OpenRun {
  readonly evidence: Evidence;
  /** Gives up what the evidence is read back from. */
  readonly close: () => void;
}

/** So many invocations of a function are listed one by one; where there are more, quiet ones are counted. */
export const INVOCATIONS_HELD_MAX = 20_000;

export function openRun(folder: string, heldMax = INVOCATIONS_HELD_MAX): OpenRun {
  const reading = new RunReading();
  try {
    const scanned = scanRun(folder, (manifest) => reading.sink(manifest));
    return { evidence: reading.evidence(scanned, heldMax), close: () => reading.close() };
  } catch (error) {
    reading.close();
    throw error;
  }
}

interface FunctionReading {
  readonly logs: StreamCollector;
  readonly peer: PeerSource;
  readonly link: LinkSource;
}

class RunReading {
  readonly #store = new RecordStore();
  readonly #functions = new Map<string, FunctionReading>();
  readonly #environments = new Map<string, number>();
  #journal = new JournalSource([]);
  #clockToleranceMs = 0;

  sink(manifest: Manifest): RunSink {
    this.#clockToleranceMs = manifest.profile.clockToleranceMs;
    const names = manifest.functions.map(({ name }) => name);
    this.#journal = new JournalSource(names);
    for (const name of names) this.#functions.set(name, this.#reading());
    const of = (name: string): FunctionReading => this.#functions.get(name) ?? this.#reading();
    return {
      journal: (event) => this.#journal.take(event),
      record: (name, record) => of(name).logs.add(record, name, null),
      peer: (name, record) => of(name).peer.take(record),
      link: (name, record) => of(name).link.take(record),
    };
  }

  evidence({ manifest, plan, applied, functions }: ScannedRun, heldMax: number): Evidence {
    this.#journal.finish();
    const linksWhole = this.#linksWhole();
    const sources = functions.map(({ name, has }): [string, StoredSources] => {
      const { logs, peer, link } = this.#functions.get(name) ?? this.#reading();
      peer.finish();
      link.finish();
      link.store.whole &&= linksWhole;
      const driver = this.#journal.source(name).store;
      driver.whole &&= this.#journal.whole;
      const sides = { driver, peer: has.peerLog ? peer : null, link: has.linkLog ? link : null };
      return [name, { streams: logs.finish(), sides }];
    });
    const stored = storedFunctions(new Map(sources), this.#store, {
      heldMax,
      clockToleranceMs: this.#clockToleranceMs,
      environmentNumber: (name) => this.#environmentNumber(name),
    });
    return {
      manifest,
      journal: this.#journal.events((name, row) => stored.get(name)?.isCounted(row) !== true),
      plan,
      applied,
      functions: functions.map(({ name, functionArn, unreadable }) => ({
        name,
        functionArn,
        records: [],
        unreadable,
        ...(stored.get(name)?.evidence ?? { peerLog: null, linkLog: null }),
      })),
    };
  }

  close(): void {
    this.#store.close();
    this.#journal.close();
    for (const { peer, link } of this.#functions.values()) {
      peer.store.close();
      link.store.close();
    }
  }

  #reading(): FunctionReading {
    return {
      logs: new StreamCollector({ since: null, until: null }, this.#store, {
        watch: true,
        reachMs: 2 * this.#clockToleranceMs,
      }),
      peer: new PeerSource((bootId) => this.#store.bootNumber(bootId)),
      link: new LinkSource((environment) => this.#environmentNumber(environment)),
    };
  }

  /** An engine numbers the connections of all its functions together. */
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
