/**
 * Lets threads skim log files before the main thread needs them: they find the lines that a judgement must read. Each thread takes a
 * *range* of a file, and puts the *piece* (the bytes of the range) and its *steps* (which lines must be read) into a *slot* of shared
 * memory. The main thread takes the pieces in order. While the next piece is missing, it skims a later range itself, so there are fewer
 * threads than processors. If it can skim none, because no slot is free or no range is left, it reads the missing piece itself.
 */
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { skimWorker } from "../../node/assets.ts";
import { COUNTER, sharedMemory, SharedSlots } from "./shared-slots.ts";
import { unskimmed, type SkimmedPiece } from "./skimmed-piece.ts";
import { RangeSkimmer, type SkimmedRange, type SkimWork } from "./range-skimmer.ts";

export interface SkimAheadOptions extends Pick<SkimWork, "files" | "sizes" | "since" | "until"> {
  readonly threads: number;
  /** Whether the main thread also skims while it waits for a piece. */
  readonly mainSkims: boolean;
}

/** How many slots there are for each thread. There are as many for the main thread. */
const SLOTS = 4;
/**
 * The steps of a piece get as much memory as the bytes of the piece. The part that they do not need costs nothing, because memory that is
 * never written to is not resident.
 */
const BYTES_OF_STEP = Float64Array.BYTES_PER_ELEMENT;

export class SkimAhead {
  readonly #slots: SharedSlots;
  readonly #end: number;
  readonly #own: RangeSkimmer | null;
  readonly #pieceBytes: number;
  /** The memory for a range that the main thread reads itself. */
  #alone: Buffer | null = null;
  readonly #threads: readonly Worker[];
  readonly #ready = new Map<number, SkimmedRange["piece"]>();
  /** Ends the wait for a thread's next message. */
  #wake: () => void = () => undefined;
  /** Whether a thread has ended early. Then a range that it had begun never arrives. */
  #hasFailed = false;

  constructor({ threads, mainSkims, ...work }: SkimAheadOptions) {
    const { pieceBytes } = work.sizes;
    const memory = sharedMemory((threads + 1) * SLOTS, pieceBytes, Math.ceil(pieceBytes / BYTES_OF_STEP));
    const workerData: SkimWork = { memory, ...work };
    this.#pieceBytes = pieceBytes;
    this.#slots = new SharedSlots(memory);
    this.#end = work.files.at(-1)?.endRange ?? 0;
    this.#own = mainSkims ? new RangeSkimmer(workerData) : null;
    const program = skimWorker();
    this.#threads = Array.from({ length: threads }, () => {
      const thread = new Worker(program, { workerData, execArgv: [] });
      thread.on("message", (range: SkimmedRange) => this.#arrived(range));
      // If a thread fails, the main thread reads the ranges itself, and meets the same error.
      thread.on("error", () => this.#failed());
      thread.on("exit", (code) => {
        if (code !== 0) this.#failed();
      });
      return thread;
    });
  }

  /**
   * Returns the piece of the range. It is valid until the range is released (`releaseUntil`). Null if the range could not be read, or
   * if it has not arrived and a thread has ended early. Then the caller reads the file itself. The ranges must be taken in order.
   */
  async take(range: number): Promise<SkimmedPiece | null> {
    while (!this.#ready.has(range) && !this.#hasFailed) {
      const skimmed = this.#own?.skimNext() ?? null;
      if (skimmed !== null) this.#arrived(skimmed);
      if (this.#ready.has(range)) break;
      // The messages of the threads arrive during this wait.
      await (this.#own === null ? this.#message() : turn());
      if (skimmed === null && this.#own !== null && !this.#ready.has(range))
        return this.#readAlone(this.#own, range);
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

  /** To be called when the ranges before this one have been used, or are not wanted any more. */
  releaseUntil(range: number): void {
    const { counters } = this.#slots;
    if (Atomics.load(counters, COUNTER.wanted) < range) Atomics.store(counters, COUNTER.wanted, range);
    this.#freeSlots();
  }

  close(): void {
    Atomics.store(this.#slots.counters, COUNTER.next, this.#end);
    this.#used(this.#end);
    this.#own?.close();
    for (const thread of this.#threads) void thread.terminate();
  }

  #arrived({ range, piece }: SkimmedRange): void {
    this.#ready.set(range, piece);
    this.#freeSlots();
    this.#wake();
  }

  #message(): Promise<void> {
    return new Promise((wake) => (this.#wake = wake));
  }

  /** Reads, without skimming, a range that a thread has begun but not finished, or for which no slot is free. */
  #readAlone(own: RangeSkimmer, range: number): SkimmedPiece | null {
    if (own.claim(range)) this.#ready.set(range, null);
    const chunk = own.read(range, (bytes) =>
      (this.#alone ??= Buffer.alloc(this.#pieceBytes)).subarray(0, bytes),
    );
    return chunk === null ? null : unskimmed(chunk);
  }

  /**
   * Frees the slots of ranges that are not wanted any more and have arrived. Before such a range arrives, a thread may still write into its
   * slot.
   */
  #freeSlots(): void {
    const { counters } = this.#slots;
    const wanted = Atomics.load(counters, COUNTER.wanted);
    let used = Atomics.load(counters, COUNTER.used);
    for (; used < wanted && this.#ready.has(used); used += 1) this.#ready.delete(used);
    this.#used(used);
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
