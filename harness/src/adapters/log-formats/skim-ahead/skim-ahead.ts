/**
 * Lets threads read and skim the ranges of files, a few ranges ahead of the main thread, and gives their pieces in order. While the main
 * thread waits for a piece, it skims a later one itself, so there is one thread less than processors.
 */
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { skimWorker } from "../../node/assets.ts";
import { COUNTER, sharedMemory, SharedSlots } from "./shared-slots.ts";
import type { SkimmedPiece } from "./skimmed-piece.ts";
import { RangeSkimmer, type SkimmedRange, type SkimWork } from "./range-skimmer.ts";

export interface SkimAheadOptions extends Pick<SkimWork, "files" | "sizes" | "since" | "until"> {
  /** How many threads help the main thread. */
  readonly threads: number;
  /** Whether the main thread skims, too, while it waits. */
  readonly mainSkims: boolean;
}

/** The slots for each thread, and for the main thread. */
const SLOTS = 4;
/** The steps of a piece take at most as much memory as its bytes. Memory that is not written to is not resident. */
const BYTES_OF_STEP = Float64Array.BYTES_PER_ELEMENT;

export class SkimAhead {
  readonly #slots: SharedSlots;
  readonly #end: number;
  readonly #own: RangeSkimmer | null;
  readonly #threads: readonly Worker[];
  /** The ranges that are ready and not yet taken. */
  readonly #ready = new Map<number, SkimmedRange["piece"]>();
  /** Ends the waiting for the next message. */
  #wake: () => void = () => undefined;
  /** Whether a thread has ended early. Then a range that it had begun never arrives. */
  #hasFailed = false;

  constructor({ threads, mainSkims, ...work }: SkimAheadOptions) {
    const { pieceBytes } = work.sizes;
    const memory = sharedMemory((threads + 1) * SLOTS, pieceBytes, Math.ceil(pieceBytes / BYTES_OF_STEP));
    const workerData: SkimWork = { memory, ...work };
    this.#slots = new SharedSlots(memory);
    this.#end = work.files.at(-1)?.endRange ?? 0;
    this.#own = mainSkims ? new RangeSkimmer(workerData) : null;
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
    while (!this.#ready.has(range) && !this.#hasFailed) {
      const own = this.#own?.skimNext() ?? null;
      if (own !== null) this.#arrived(own);
      // In the meantime, the messages of the threads arrive.
      if (!this.#ready.has(range)) await (own === null ? this.#message() : turn());
    }
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
    this.#own?.close();
    for (const thread of this.#threads) void thread.terminate();
  }

  #arrived({ range, piece }: SkimmedRange): void {
    this.#ready.set(range, piece);
    this.#releaseDropped();
    this.#wake();
  }

  #message(): Promise<void> {
    return new Promise((wake) => (this.#wake = wake));
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
    this.#wake();
  }
}
