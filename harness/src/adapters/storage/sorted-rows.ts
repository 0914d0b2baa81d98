/**
 * Sorts row numbers with an external merge sort. A temporary file holds parts that are sorted already (runs), and reading merges them. Rows
 * that are added in order are one run.
 */
import { TemporaryFile } from "./temporary-file.ts";

const RUN_ROWS = 1 << 15;
const PIECE_ROWS = 512;
/** How many numbers an entry has: a value and a row number. */
const ENTRY = 2;
const ENTRY_BYTES = ENTRY * Float64Array.BYTES_PER_ELEMENT;

interface Run {
  readonly from: number;
  to: number;
  greatest: number;
}

interface Cursor {
  next: number;
  readonly to: number;
  readonly piece: Float64Array;
  at: number;
}

export class SortedRows {
  readonly #file = new TemporaryFile();
  readonly #runs: Run[] = [];
  readonly #values = new Float64Array(RUN_ROWS);
  readonly #rows = new Float64Array(RUN_ROWS);
  #held = 0;
  #written = 0;

  add(value: number, row: number): void {
    if (this.#held === RUN_ROWS) this.#writeRun();
    this.#values[this.#held] = value;
    this.#rows[this.#held] = row;
    this.#held += 1;
  }

  /** Yields the row numbers in ascending order of their values. */
  *rows(): Generator<number> {
    this.#writeRun();
    let cursors = this.#runs.map(({ from, to }): Cursor => {
      const cursor = { next: from, to, piece: new Float64Array(ENTRY * PIECE_ROWS), at: 0 };
      this.#load(cursor);
      return cursor;
    });
    while (cursors.length > 0) {
      const cursor = cursors.reduce((least, one) => (valueOf(one) < valueOf(least) ? one : least));
      yield cursor.piece[ENTRY * cursor.at + 1] as number;
      cursor.at += 1;
      if (cursor.at < PIECE_ROWS && cursor.next + cursor.at < cursor.to) continue;
      cursor.next += cursor.at;
      if (cursor.next < cursor.to) this.#load(cursor);
      else cursors = cursors.filter((one) => one !== cursor);
    }
  }

  close(): void {
    this.#file.close();
  }

  #load(cursor: Cursor): void {
    const rows = Math.min(PIECE_ROWS, cursor.to - cursor.next);
    cursor.at = 0;
    this.#file.read(new Uint8Array(cursor.piece.buffer, 0, rows * ENTRY_BYTES), cursor.next * ENTRY_BYTES);
  }

  #writeRun(): void {
    if (this.#held === 0) return;
    const run = this.#sorted();
    this.#file.append(new Uint8Array(run.buffer));
    const [least, greatest] = [run[0] as number, run[run.length - ENTRY] as number];
    const last = this.#runs.at(-1);
    const to = this.#written + this.#held;
    if (last !== undefined && least >= last.greatest) {
      last.to = to;
      last.greatest = greatest;
    } else this.#runs.push({ from: this.#written, to, greatest });
    this.#written = to;
    this.#held = 0;
  }

  #sorted(): Float64Array {
    const [values, rows] = [this.#values, this.#rows];
    const order = Uint32Array.from({ length: this.#held }, (_, index) => index);
    order.sort((a, b) => {
      const apart = (values[a] as number) - (values[b] as number);
      return apart === 0 ? (rows[a] as number) - (rows[b] as number) : apart;
    });
    const run = new Float64Array(ENTRY * this.#held);
    order.forEach((from, index) => {
      run[ENTRY * index] = values[from] as number;
      run[ENTRY * index + 1] = rows[from] as number;
    });
    return run;
  }
}

function valueOf({ piece, at }: Cursor): number {
  return piece[ENTRY * at] as number;
}
