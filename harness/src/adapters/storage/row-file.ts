/**
 * Stores rows of numbers, all of the same width, in a temporary file, and keeps a few pages in memory. Rows are written in order and read in
 * any order.
 */
import { TemporaryFile } from "./temporary-file.ts";

const PAGE_ROWS = 512;
const PAGES_MAX = 32;

export class RowFile {
  readonly #width: number;
  readonly #file = new TemporaryFile();
  readonly #pageBytes: number;
  /** Pages that were read, least recently used first. They do not include the last page, which is not full yet. */
  readonly #pages = new Map<number, DataView>();
  #last: DataView;
  #shown: { readonly page: number; readonly view: DataView };
  #length = 0;

  /** `width` is the number of bytes of a row. */
  constructor(width: number) {
    this.#width = width;
    this.#pageBytes = width * PAGE_ROWS;
    this.#last = new DataView(new ArrayBuffer(this.#pageBytes));
    this.#shown = { page: -1, view: this.#last };
  }

  get length(): number {
    return this.#length;
  }

  /** `fill` writes the row into the view, from the given position on. Returns the number of the row. */
  append(fill: (view: DataView, at: number) => void): number {
    const inPage = this.#length % PAGE_ROWS;
    fill(this.#last, inPage * this.#width);
    this.#length += 1;
    if (inPage === PAGE_ROWS - 1) this.#file.append(new Uint8Array(this.#last.buffer));
    return this.#length - 1;
  }

  /** The view that contains a row, from `offset(row)` on. It is valid until the next call. */
  view(row: number): DataView {
    const page = Math.floor(row / PAGE_ROWS);
    if (page === Math.floor(this.#length / PAGE_ROWS)) return this.#last;
    // Usually the same page is read again. It is the most recently used page already.
    if (page === this.#shown.page) return this.#shown.view;
    let view = this.#pages.get(page);
    if (view === undefined) view = this.#read(page);
    else this.#pages.delete(page);
    this.#pages.set(page, view);
    this.#shown = { page, view };
    return view;
  }

  offset(row: number): number {
    return (row % PAGE_ROWS) * this.#width;
  }

  close(): void {
    this.#file.close();
  }

  #read(page: number): DataView {
    const [oldest] = this.#pages.keys();
    let view: DataView | undefined;
    if (oldest !== undefined && this.#pages.size >= PAGES_MAX) {
      view = this.#pages.get(oldest);
      this.#pages.delete(oldest);
    }
    view ??= new DataView(new ArrayBuffer(this.#pageBytes));
    this.#file.read(new Uint8Array(view.buffer), page * this.#pageBytes);
    return view;
  }
}
