/**
 * Reads and skims ranges of log files. A *range* is a part of a file, and its bytes are a *piece*. To *skim* a piece is to find the lines
 * that a judgement must read. The result is *steps*, which say which lines these are. The piece and its steps go into a *slot* of the
 * memory that all threads share. Each thread has one RangeSkimmer, which takes the next range without asking another thread.
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
  /** Skipped lines before `since` or after `until` (epoch milliseconds) are passed on one by one (skim/life-signs.ts). */
  readonly since: number;
  readonly until: number;
}

/** The result for one range. The bytes and the steps themselves are in the slot of the range. */
export interface SkimmedRange {
  readonly range: number;
  /**
   * Null if the range was not wanted any more, or if it could not be read. In the second case the main thread reads it itself and finds the
   * error.
   */
  readonly piece: {
    readonly bytes: number;
    readonly linesFrom: number;
    readonly linesEnd: number;
    readonly steps: number;
    readonly streams: readonly (string | null)[];
  } | null;
}

interface OpenFile {
  readonly plan: PlannedFile;
  readonly descriptor: number;
}

export class RangeSkimmer {
  readonly #work: SkimWork;
  readonly #slots: SharedSlots;
  readonly #counters: Int32Array;
  readonly #end: number;
  readonly #skimmer: PieceSkimmer;
  #file: OpenFile | null = null;

  constructor(work: SkimWork) {
    this.#work = work;
    this.#slots = new SharedSlots(work.memory);
    this.#counters = this.#slots.counters;
    this.#end = work.files.at(-1)?.endRange ?? 0;
    this.#skimmer = new PieceSkimmer(work.since, work.until);
  }

  /**
   * Skims ranges until there are no more. While all slots are in use, it blocks its thread, so only a thread that does nothing else may
   * call it.
   */
  skimAll(tell: (range: SkimmedRange) => void): void {
    const take = (): number => Atomics.add(this.#counters, COUNTER.next, 1);
    for (let range = take(); range < this.#end; range = take()) {
      for (let used = this.#used; range - used >= this.#slots.slots; used = this.#used)
        Atomics.wait(this.#counters, COUNTER.used, used);
      tell(this.#skimmed(range));
    }
    this.close();
  }

  /** Skims the next range. Null if no range is left, or if no slot is free. */
  skimNext(): SkimmedRange | null {
    for (;;) {
      const range = Atomics.load(this.#counters, COUNTER.next);
      if (range >= this.#end || range - this.#used >= this.#slots.slots) return null;
      if (this.claim(range)) return this.#skimmed(range);
    }
  }

  claim(range: number): boolean {
    return Atomics.compareExchange(this.#counters, COUNTER.next, range, range + 1) === range;
  }

  /** Null if the range cannot be read completely. */
  read(range: number, memory: (bytes: number) => Buffer): Buffer | null {
    try {
      const file = this.#open(range);
      const { from, bytes } = rangeOf(file.plan, range, this.#work.sizes);
      const chunk = memory(bytes);
      let [read, more] = [0, 1];
      for (; read < bytes && more > 0; read += more)
        more = readSync(file.descriptor, chunk, read, bytes - read, from + read);
      return read < bytes ? null : chunk;
    } catch {
      return null;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file.descriptor);
    this.#file = null;
  }

  get #used(): number {
    return Atomics.load(this.#counters, COUNTER.used);
  }

  #skimmed(range: number): SkimmedRange {
    const wanted = range >= Atomics.load(this.#counters, COUNTER.wanted);
    return { range, piece: wanted ? this.#pieceOf(range) : null };
  }

  #pieceOf(range: number): SkimmedRange["piece"] {
    const chunk = this.read(range, (bytes) => this.#slots.piece(range, bytes));
    if (chunk === null) return null;
    const { linesFrom, linesEnd, steps, streams } = this.#skimmer.skim(chunk, this.#slots.steps(range));
    return { bytes: chunk.length, linesFrom, linesEnd, steps: steps.length, streams };
  }

  #open(range: number): OpenFile {
    const file = this.#file;
    if (file !== null && range >= file.plan.firstRange && range < file.plan.endRange) return file;
    this.close();
    const plan = this.#work.files.find(({ endRange }) => range < endRange);
    invariant(plan !== undefined, "each range has a file");
    return (this.#file = { plan, descriptor: opened(plan) });
  }
}

function opened(file: PlannedFile): number {
  const descriptor = openSync(file.path, "r");
  const { dev, ino } = fstatSync(descriptor);
  if (dev === file.dev && ino === file.ino) return descriptor;
  closeSync(descriptor);
  throw new Error(`${file.path} is another file now`);
}
