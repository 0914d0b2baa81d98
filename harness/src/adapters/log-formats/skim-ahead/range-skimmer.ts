/**
 * Reads and skims ranges of log files, one after the other. Each thread has one, and takes the next range without asking another thread. The
 * result names the lines that the main thread must read.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { invariant } from "../../../domain/invariant.ts";
import { PieceSkimmer } from "./piece-skimmer.ts";
import { rangeOf, type PlannedFile, type RangeSizes } from "./plan-ranges.ts";
import { COUNTER, SharedSlots, type SharedMemory } from "./shared-slots.ts";

export interface SkimWork {
  readonly memory: SharedMemory;
  readonly files: readonly PlannedFile[];
  readonly sizes: RangeSizes;
  /** Lines outside of this range of time (epoch milliseconds, both ends included) are passed on one by one. */
  readonly since: number;
  readonly until: number;
}

/** What became of a range. The bytes and the steps are in its slot. */
export interface SkimmedRange {
  readonly range: number;
  /** Null if the range was not wanted any more, or could not be read: then the main thread reads it itself and finds the error. */
  readonly piece: {
    readonly bytes: number;
    readonly linesFrom: number;
    readonly linesEnd: number;
    readonly steps: number;
    readonly streams: readonly (string | null)[];
  } | null;
}

export class RangeSkimmer {
  readonly #work: SkimWork;
  readonly #slots: SharedSlots;
  readonly #counters: Int32Array;
  readonly #end: number;
  readonly #skimmer: PieceSkimmer;
  #file = 0;
  /** The descriptor of the file at position `#file`. */
  #descriptor: number | null = null;

  constructor(work: SkimWork) {
    this.#work = work;
    this.#slots = new SharedSlots(work.memory);
    this.#counters = this.#slots.counters;
    this.#end = work.files.at(-1)?.endRange ?? 0;
    this.#skimmer = new PieceSkimmer(work.since, work.until);
  }

  /** Skims ranges until there are no more. Waits while all slots are in use, so only a thread that does nothing else may call it. */
  skimAll(tell: (range: SkimmedRange) => void): void {
    const take = (): number => Atomics.add(this.#counters, COUNTER.next, 1);
    for (let range = take(); range < this.#end; range = take()) {
      for (let used = this.#used; range - used >= this.#slots.slots; used = this.#used)
        Atomics.wait(this.#counters, COUNTER.used, used);
      tell(this.#skimmed(range));
    }
    this.close();
  }

  /** Skims the next range. Null if there is none, or no slot is free. */
  skimNext(): SkimmedRange | null {
    for (;;) {
      const range = Atomics.load(this.#counters, COUNTER.next);
      if (range >= this.#end || range - this.#used >= this.#slots.slots) return null;
      if (Atomics.compareExchange(this.#counters, COUNTER.next, range, range + 1) === range)
        return this.#skimmed(range);
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  get #used(): number {
    return Atomics.load(this.#counters, COUNTER.used);
  }

  #skimmed(range: number): SkimmedRange {
    const wanted = range >= Atomics.load(this.#counters, COUNTER.wanted);
    return { range, piece: wanted ? this.#pieceOf(range) : null };
  }

  #pieceOf(range: number): SkimmedRange["piece"] {
    let chunk: Buffer | null;
    try {
      chunk = this.#read(range);
    } catch {
      return null;
    }
    if (chunk === null) return null;
    const { linesFrom, linesEnd, steps, streams } = this.#skimmer.skim(chunk, this.#slots.steps(range));
    return { bytes: chunk.length, linesFrom, linesEnd, steps: steps.length, streams };
  }

  /** Returns null if the file has become shorter. */
  #read(range: number): Buffer | null {
    const file = this.#fileOf(range);
    const { from, bytes } = rangeOf(file, range, this.#work.sizes);
    const chunk = this.#slots.piece(range, bytes);
    this.#descriptor ??= opened(file);
    for (let read = 0; read < bytes;) {
      const more = readSync(this.#descriptor, chunk, read, bytes - read, from + read);
      if (more === 0) return null;
      read += more;
    }
    return chunk;
  }

  #fileOf(range: number): PlannedFile {
    const { files } = this.#work;
    while (range >= (files[this.#file]?.endRange ?? Infinity)) {
      this.close();
      this.#file += 1;
    }
    const file = files[this.#file];
    invariant(file !== undefined, "each range has a file");
    return file;
  }
}

function opened(file: PlannedFile): number {
  const descriptor = openSync(file.path, "r");
  const { dev, ino } = fstatSync(descriptor);
  if (dev === file.dev && ino === file.ino) return descriptor;
  closeSync(descriptor);
  throw new Error(`${file.path} is another file now`);
}
