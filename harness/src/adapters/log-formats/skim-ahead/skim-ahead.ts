/** Lets threads read and skim the ranges of files, a few ranges ahead of the main thread, and gives their pieces in order. */
import { Worker } from "node:worker_threads";
import { skimWorker } from "../../node/assets.ts";
import type { PlannedFile, RangeSizes } from "./plan-ranges.ts";
import { COUNTER, sharedMemory, SharedSlots } from "./shared-slots.ts";
import type { SkimmedPiece } from "./skimmed-piece.ts";
import type { SkimmedRange, SkimWork } from "./skim-worker.ts";

export interface SkimAheadOptions {
  readonly sizes: RangeSizes;
  readonly threads: number;
  /** Lines outside of this range of time (epoch milliseconds, both ends included) are passed on one by one. */
  readonly since: number;
  readonly until: number;
}

const SLOTS_PER_THREAD = 4;
/** Enough for the lines of a piece of 1 MiB whose lines have 16 bytes and must all be read. */
const STEP_NUMBERS = 1 << 17;

export class SkimAhead {
  readonly #slots: SharedSlots;
  readonly #end: number;
  readonly #threads: readonly Worker[];
  /** The ranges that are ready and not yet taken. */
  readonly #ready = new Map<number, SkimmedRange["piece"]>();
  #waiting: { readonly range: number; readonly found: () => void } | null = null;
  /** Whether a thread has ended early. Then a range that it had begun never arrives. */
  #hasFailed = false;

  constructor(files: readonly PlannedFile[], { sizes, threads, since, until }: SkimAheadOptions) {
    const memory = sharedMemory(threads * SLOTS_PER_THREAD, sizes.pieceBytes, STEP_NUMBERS);
    this.#slots = new SharedSlots(memory);
    this.#end = files.at(-1)?.endRange ?? 0;
    const workerData: SkimWork = { memory, files, sizes, since, until };
    const program = skimWorker();
    this.#threads = Array.from({ length: threads }, () => {
      const thread = new Worker(program, { workerData, execArgv: [] });
      thread.on("message", (range: SkimmedRange) => this.#arrived(range));
      // What a thread cannot do, the main thread does itself, and then finds the same error.
      thread.on("error", () => this.#failed());
      thread.on("exit", (code) => {
        if (code !== 0) this.#failed();
      });
      return thread;
    });
  }

  /** Returns the piece, which is valid until `release`. Null if the main thread must read the range itself. Ranges are taken in order. */
  async take(range: number): Promise<SkimmedPiece | null> {
    if (!this.#ready.has(range) && !this.#hasFailed)
      await new Promise<void>((found) => (this.#waiting = { range, found }));
    const piece = this.#ready.get(range) ?? null;
    if (piece === null) return null;
    const { bytes, linesFrom, linesEnd, steps, streams } = piece;
    return {
      chunk: this.#slots.piece(range, bytes),
      linesFrom,
      linesEnd,
      steps: this.#slots.steps(range, steps),
      streams,
    };
  }

  /** The main thread has used the piece. */
  release(range: number): void {
    this.#ready.delete(range);
    this.#used(range + 1);
  }

  /** The ranges before this one are not wanted any more. */
  dropUntil(range: number): void {
    const { counters } = this.#slots;
    if (Atomics.load(counters, COUNTER.wanted) < range) Atomics.store(counters, COUNTER.wanted, range);
    this.#releaseDropped();
  }

  close(): void {
    Atomics.store(this.#slots.counters, COUNTER.next, this.#end);
    this.#used(this.#end);
    for (const thread of this.#threads) void thread.terminate();
  }

  #arrived({ range, piece }: SkimmedRange): void {
    this.#ready.set(range, piece);
    this.#releaseDropped();
    if (this.#waiting?.range === range) this.#endWaiting();
  }

  /** A slot is free only when its thread does not use it any more. So the ranges that are not wanted are waited for, too. */
  #releaseDropped(): void {
    const { counters } = this.#slots;
    const wanted = Atomics.load(counters, COUNTER.wanted);
    for (let used = Atomics.load(counters, COUNTER.used); used < wanted && this.#ready.has(used); used += 1)
      this.release(used);
  }

  #used(ranges: number): void {
    Atomics.store(this.#slots.counters, COUNTER.used, ranges);
    Atomics.notify(this.#slots.counters, COUNTER.used);
  }

  #failed(): void {
    this.#hasFailed = true;
    this.#endWaiting();
  }

  #endWaiting(): void {
    this.#waiting?.found();
    this.#waiting = null;
  }
}
