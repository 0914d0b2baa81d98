/** Gathers the evidence of a run directory while its files are read. */
import type { PlatformRecord } from "../record/ended-environment.ts";
import type { FunctionEvidence } from "../record/evidence.ts";
import type { JournalEvent } from "../record/journal.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { Manifest } from "../record/manifest.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import type { Plan } from "../record/plan-file.ts";
import type { GatheredEvidence } from "./gathered-evidence.ts";
import { SharedTexts } from "./shared-texts.ts";
import { StoredLines } from "./stored-lines.ts";
import { storedStreams } from "./stream-records.ts";
import { StreamCollector } from "./stream-collector.ts";
import type { TextStore } from "./text-store.ts";

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

interface Gathered {
  readonly logs: StreamCollector;
  readonly peer: StoredLines<PeerLogRecord>;
  readonly link: StoredLines<LinkLogRecord>;
}

export class RunGathering implements RunSink {
  readonly #store: TextStore;
  readonly #texts = new SharedTexts();
  readonly #journal: StoredLines<JournalEvent>;
  readonly #functions = new Map<string, Gathered>();

  constructor(store: TextStore) {
    this.#store = store;
    this.#journal = new StoredLines(store, this.#texts.journal);
  }

  journal(event: JournalEvent): void {
    this.#journal.add(event);
  }

  record(name: string, record: LogRecord): void {
    this.#of(name).logs.add(record, name, null);
  }

  peer(name: string, record: PeerLogRecord): void {
    this.#of(name).peer.add(record);
  }

  link(name: string, record: LinkLogRecord): void {
    this.#of(name).link.add(record);
  }

  /** Closes the store of the evidence. After that, the evidence cannot be read. */
  close(): void {
    this.#store.close();
  }

  evidence({ manifest, plan, applied, functions }: ScannedRun): GatheredEvidence {
    return {
      manifest,
      journal: this.#journal,
      plan,
      applied,
      functions: functions.map(({ name, functionArn, metrics, unreadable, has }) => {
        const { logs, peer, link } = this.#of(name);
        return {
          name,
          functionArn,
          unreadable,
          ...(metrics === undefined ? {} : { metrics }),
          streams: storedStreams(logs.finish()),
          peerLog: has.peerLog ? peer : null,
          linkLog: has.linkLog ? link : null,
        };
      }),
    };
  }

  #of(name: string): Gathered {
    let gathered = this.#functions.get(name);
    if (gathered === undefined) {
      const logs = new StreamCollector({ since: null, until: null }, this.#store);
      gathered = {
        logs,
        peer: new StoredLines(this.#store, this.#texts.peer),
        link: new StoredLines(this.#store, this.#texts.link),
      };
      this.#functions.set(name, gathered);
    }
    return gathered;
  }
}
