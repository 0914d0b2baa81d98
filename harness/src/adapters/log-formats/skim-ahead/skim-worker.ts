/**
 * Reads and skims ranges of log files in a thread of its own, one after the other, and tells the main thread which lines it must read. It
 * takes the next range without asking the main thread, and waits only if all slots are in use.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { invariant } from "../../../domain/invariant.ts";
import { PieceSkimmer } from "./piece-skimmer.ts";
import { rangeOf, type PlannedFile, type RangeSizes } from "./plan-ranges.ts";
import { COUNTER, SharedSlots, type SharedMemory } from "./shared-slots.ts";

export interface SkimWork {
  readonly memory: SharedMemory;
  readonly files: readonly PlannedFile[];
  readonly sizes: RangeSizes;
  readonly since: number;
  readonly until: number;
}

/** What became of a range. The piece is in its slot. */
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

class RangeSkimmer {
  readonly #work: SkimWork;
  readonly #slots: SharedSlots;
  readonly #skimmer: PieceSkimmer;
  #file = 0;
  /** The descriptor of the file at position `#file`. */
  #descriptor: number | null = null;

  constructor(work: SkimWork) {
    this.#work = work;
    this.#slots = new SharedSlots(work.memory);
    this.#skimmer = new PieceSkimmer(work.since, work.until);
  }

  run(tell: (range: SkimmedRange) => void): void {
    const { counters, slots } = this.#slots;
    const end = this.#work.files.at(-1)?.endRange ?? 0;
    for (let range = take(counters); range < end; range = take(counters)) {
      for (let used = usedOf(counters); range - used >= slots; used = usedOf(counters))
        Atomics.wait(counters, COUNTER.used, used);
      const wanted = range >= Atomics.load(counters, COUNTER.wanted);
      tell({ range, piece: wanted ? this.#skimmed(range) : null });
    }
    this.#close();
  }

  #skimmed(range: number): SkimmedRange["piece"] {
    try {
      const chunk = this.#read(range);
      if (chunk === null) return null;
      const { linesFrom, linesEnd, steps, streams } = this.#skimmer.skim(chunk, this.#slots.steps(range));
      return { bytes: chunk.length, linesFrom, linesEnd, steps: steps.length, streams };
    } catch {
      return null;
    }
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
      this.#close();
      this.#file += 1;
    }
    const file = files[this.#file];
    invariant(file !== undefined, "each range has a file");
    return file;
  }

  #close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

function opened(file: PlannedFile): number {
  const descriptor = openSync(file.path, "r");
  const { dev, ino } = fstatSync(descriptor);
  if (dev === file.dev && ino === file.ino) return descriptor;
  closeSync(descriptor);
  throw new Error(`${file.path} is another file now`);
}

function take(counters: Int32Array): number {
  return Atomics.add(counters, COUNTER.next, 1);
}

function usedOf(counters: Int32Array): number {
  return Atomics.load(counters, COUNTER.used);
}

const port = parentPort;
if (port !== null) new RangeSkimmer(workerData as SkimWork).run((range) => port.postMessage(range));
