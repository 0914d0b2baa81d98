/** Follows the journal of a run while it is written, and keeps every complete line. A run must not lose an event whose line it has written. */
import { closeSync, openSync, readSync } from "node:fs";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { Moment } from "./story.ts";

const LOOK_EVERY_MS = 5;

export class JournalWatch {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;
  /** The bytes of the journal up to the last complete line. */
  #seen = Buffer.alloc(0);
  readonly #counts = new Map<string, number>();
  #waiting: { readonly event: string; readonly count: number; readonly resolve: () => void }[] = [];

  constructor(path: string) {
    this.#path = path;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  get seen(): Buffer {
    return this.#seen;
  }

  count(event: string): number {
    return this.#counts.get(event) ?? 0;
  }

  /** Resolves when the journal has `count` more events of this kind. */
  more({ event, count }: Exclude<Moment, { readonly event: "start" }>): Promise<void> {
    const wanted = this.count(event) + count;
    if (count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ event, count: wanted, resolve }));
  }

  look(): void {
    const fresh = this.#fresh();
    if (fresh.length === 0) return;
    this.#seen = Buffer.concat([this.#seen, fresh]);
    for (const line of fresh.toString("utf8").trimEnd().split("\n")) {
      const { event } = JSON.parse(line) as JournalEvent;
      this.#counts.set(event, this.count(event) + 1);
    }
    this.#waiting = this.#waiting.filter(({ event, count, resolve }) => {
      if (this.count(event) < count) return true;
      resolve();
      return false;
    });
  }

  /** Forgets all bytes and counts. Called if there is no run that can be resumed: then the next session begins a new run. */
  forget(): void {
    this.#seen = Buffer.alloc(0);
    this.#counts.clear();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #fresh(): Buffer {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      return Buffer.alloc(0);
    }
    try {
      const pieces: Buffer[] = [];
      for (let at = this.#seen.length; ;) {
        const piece = Buffer.alloc(65_536);
        const count = readSync(file, piece, 0, piece.length, at);
        if (count === 0) break;
        pieces.push(piece.subarray(0, count));
        at += count;
      }
      const all = Buffer.concat(pieces);
      return all.subarray(0, all.lastIndexOf(0x0a) + 1);
    } finally {
      closeSync(file);
    }
  }
}
