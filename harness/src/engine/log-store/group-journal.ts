/**
 * The file of one log group: appended to, never rewritten, one JSON value per line. The first line is the group. The other lines are
 * changes of its settings and streams, and its events as `[stream, timestamp, ingestionTime, message]`. What an answer acknowledges is
 * written at once (`write`). The lines of functions (`append`) wait in memory until the current turn of the event loop ends or a reader
 * needs them; then one system call writes them all. While the disk refuses them, the journal takes no more.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { LogsUnwritable } from "../log-sink.ts";
import { PRIVATE_FILE } from "../private-folder.ts";

const READ_BYTES = 1_048_576;
const PENDING_BYTES_SOFT = 262_144;
/** If the gap between two lines is larger than this number of bytes, two reads are cheaper than one. */
const GAP_BYTES = 4_096;
const NEWLINE = 10;
const RETRY_MS = 500;

export interface Extent {
  readonly offset: number;
  readonly length: number;
}

export interface JournalOptions {
  readonly report: (problem: string) => void;
  /** The system call. A test gives one that fails. */
  readonly writeSync?:
    ((descriptor: number, bytes: Buffer, offset: number, length: number) => number) | undefined;
}

export class GroupJournal {
  readonly #path: string;
  readonly #options: JournalOptions;
  #descriptor: number | null = null;
  #written: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #scheduled: NodeJS.Immediate | null = null;
  #failure: Error | null = null;

  constructor(path: string, options: JournalOptions) {
    this.#path = path;
    this.#options = options;
    this.#written = fstatSync(this.#open()).size;
  }

  /** Returns the position of the line. The line can be read immediately. Throws LogsUnwritable while earlier lines cannot be written. */
  append(value: unknown): Extent {
    if (this.#failure !== null) this.#flushOrThrow();
    const line = lineOf(value);
    const extent = { offset: this.#written + this.#pendingBytes, length: line.length };
    this.#pending.push(line);
    this.#pendingBytes += line.length;
    if (this.#pendingBytes >= PENDING_BYTES_SOFT) this.flush();
    else this.#scheduled ??= setImmediate(() => this.flush());
    return extent;
  }

  /** Writes lines before it returns, all or none of them. If they cannot be written, throws LogsUnwritable. */
  write(values: readonly unknown[]): readonly Extent[] {
    this.#flushOrThrow();
    const lines = values.map(lineOf);
    const start = this.#written;
    try {
      this.#writeAll(Buffer.concat(lines));
    } catch (error) {
      if (this.#written > start) ftruncateSync(this.#open(), start);
      this.#written = start;
      throw this.#unwritable(error);
    }
    let offset = start;
    return lines.map(({ length }) => {
      const extent = { offset, length };
      offset += length;
      return extent;
    });
  }

  /** If the disk refuses the write (because it is full or missing), the lines stay in memory and the next flush tries again. */
  flush(): void {
    if (this.#scheduled !== null) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    if (this.#pendingBytes === 0) return;
    const [first = Buffer.alloc(0)] = this.#pending;
    const bytes = this.#pending.length === 1 ? first : Buffer.concat(this.#pending, this.#pendingBytes);
    const start = this.#written;
    const failed = this.#failure !== null;
    this.#failure = null;
    try {
      this.#writeAll(bytes);
    } catch (error) {
      this.#failure = error as Error;
      // Lines that were taken must not wait for the next line.
      setTimeout(() => this.flush(), RETRY_MS).unref();
      if (!failed)
        this.#options.report(
          `log events cannot be written to ${this.#path}, so what functions write waits: ${this.#failure.message}`,
        );
    }
    const done = this.#written - start;
    this.#pending = done === bytes.length ? [] : [bytes.subarray(done)];
    this.#pendingBytes = bytes.length - done;
  }

  #flushOrThrow(): void {
    this.flush();
    if (this.#failure !== null) throw this.#unwritable(this.#failure);
  }

  #writeAll(bytes: Buffer): void {
    const { writeSync: write = writeSync } = this.#options;
    for (let done = 0; done < bytes.length;) {
      const count = write(this.#open(), bytes, done, bytes.length - done);
      done += count;
      this.#written += count;
    }
  }

  #unwritable(error: unknown): LogsUnwritable {
    return new LogsUnwritable(`Log events cannot be written: ${(error as Error).message}`, { cause: error });
  }

  /** `extents` must be ascending. An extent may be longer than its line; what follows the line is ignored. */
  read(extents: readonly Extent[]): unknown[] {
    this.flush();
    const values: unknown[] = [];
    for (let index = 0; index < extents.length;) {
      const first = extents[index];
      if (first === undefined) break;
      let end = first.offset + first.length;
      let next = index + 1;
      for (; next < extents.length; next += 1) {
        const extent = extents[next];
        if (
          extent === undefined ||
          extent.offset < end ||
          extent.offset - end > GAP_BYTES ||
          extent.offset + extent.length - first.offset > READ_BYTES
        )
          break;
        end = extent.offset + extent.length;
      }
      const bytes = this.#bytes(first.offset, end - first.offset);
      for (; index < next; index += 1) {
        const extent = extents[index];
        if (extent === undefined) continue;
        const at = extent.offset - first.offset;
        values.push(JSON.parse(bytes.toString("utf8", at, bytes.indexOf(NEWLINE, at))));
      }
    }
    return values;
  }

  /** Reads every line from the start. An incomplete last line, which a killed engine left, is cut off. */
  scan(take: (value: unknown, extent: Extent) => void): void {
    const size = this.#written;
    let offset = 0;
    let rest = Buffer.alloc(0);
    let read = 0;
    while (read < size) {
      const bytes = this.#bytes(read, Math.min(READ_BYTES, size - read));
      read += bytes.length;
      let block = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      for (let end = block.indexOf(NEWLINE); end !== -1; end = block.indexOf(NEWLINE)) {
        const length = end + 1;
        take(JSON.parse(block.toString("utf8", 0, end)), { offset, length });
        offset += length;
        block = block.subarray(length);
      }
      rest = Buffer.from(block);
    }
    if (offset < size) {
      ftruncateSync(this.#open(), offset);
      this.#written = offset;
    }
  }

  /** Closes the file descriptor; the next use opens it again. */
  closeFile(): void {
    this.flush();
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  /** Discards the lines that are not written yet, because the file is about to be removed. */
  discard(): void {
    this.#pending = [];
    this.#pendingBytes = 0;
    this.closeFile();
  }

  #bytes(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const got = readSync(this.#open(), bytes, done, length - done, offset + done);
      if (got === 0) break;
      done += got;
    }
    // Lines that could not be written to the disk are still in memory.
    if (done < length) {
      const waiting = Buffer.concat(this.#pending, this.#pendingBytes);
      waiting.copy(bytes, done, offset + done - this.#written);
    }
    return bytes;
  }

  #open(): number {
    this.#descriptor ??= openSync(this.#path, "a+", PRIVATE_FILE);
    return this.#descriptor;
  }
}

function lineOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
