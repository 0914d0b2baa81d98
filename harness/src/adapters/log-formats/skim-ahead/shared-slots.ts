/**
 * The memory that the main thread and the skimming threads share, so that no bytes are copied. Each slot holds a piece (the bytes of one
 * range of a log file) and its steps (which lines of the piece must be read).
 */
const NUMBER_BYTES = Float64Array.BYTES_PER_ELEMENT;
const COUNTERS = 3;

export interface SharedMemory {
  readonly counters: SharedArrayBuffer;
  readonly pieces: SharedArrayBuffer;
  readonly steps: SharedArrayBuffer;
  readonly slots: number;
}

export const COUNTER = {
  /** The first range that no thread has begun. */
  next: 0,
  /**
   * The slots of the ranges before this one are free: no thread writes into them any more, and the main thread does not need these ranges.
   */
  used: 1,
  /** The main thread does not need the ranges before this one any more, but a thread may still write into their slots. */
  wanted: 2,
} as const;

export function sharedMemory(slots: number, pieceBytes: number, stepNumbers: number): SharedMemory {
  return {
    counters: new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT),
    pieces: new SharedArrayBuffer(slots * pieceBytes),
    steps: new SharedArrayBuffer(slots * stepNumbers * NUMBER_BYTES),
    slots,
  };
}

export class SharedSlots {
  readonly counters: Int32Array;
  readonly slots: number;
  readonly #memory: SharedMemory;
  readonly #pieceBytes: number;
  readonly #stepBytes: number;

  constructor(memory: SharedMemory) {
    this.counters = new Int32Array(memory.counters);
    this.slots = memory.slots;
    this.#memory = memory;
    this.#pieceBytes = memory.pieces.byteLength / memory.slots;
    this.#stepBytes = memory.steps.byteLength / memory.slots;
  }

  piece(range: number, bytes: number): Buffer {
    return Buffer.from(this.#memory.pieces, (range % this.slots) * this.#pieceBytes, bytes);
  }

  steps(range: number, numbers = this.#stepBytes / NUMBER_BYTES): Float64Array {
    return new Float64Array(this.#memory.steps, (range % this.slots) * this.#stepBytes, numbers);
  }
}
