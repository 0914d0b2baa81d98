/** Text that is put aside and read back by position: in memory while it is little, else in a temporary file without a name. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LongrunError } from "../../../../domain/errors.ts";
import { InvariantError } from "../../../../domain/invariant.ts";

const BUFFER_BYTES = 1 << 20;

export class SpillFile {
  #file: number | null = null;
  /** Bytes that are in the file already. */
  #written = 0;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #held = 0;

  /** Where the next text will begin. */
  get length(): number {
    return this.#written + this.#held;
  }

  append(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (this.#held + bytes > BUFFER_BYTES) this.#flush();
    if (bytes > BUFFER_BYTES) {
      this.#write(Buffer.from(text));
      return;
    }
    this.#held += this.#buffer.write(text, this.#held, "utf8");
  }

  read(from: number, to: number): string {
    if (from >= this.#written) return this.#buffer.toString("utf8", from - this.#written, to - this.#written);
    const bytes = Buffer.allocUnsafe(to - from);
    let got = 0;
    while (got < bytes.length) {
      const count = readSync(this.#file ?? -1, bytes, got, bytes.length - got, from + got);
      if (count === 0) throw new InvariantError("a temporary file is shorter than what was written");
      got += count;
    }
    return bytes.toString("utf8");
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #flush(): void {
    if (this.#held > 0) this.#write(this.#buffer.subarray(0, this.#held));
    this.#held = 0;
  }

  #write(bytes: Buffer): void {
    try {
      this.#file ??= openNameless();
      let done = 0;
      while (done < bytes.length) done += writeSync(this.#file, bytes, done);
    } catch (error) {
      throw new LongrunError(
        "unavailable",
        `${tmpdir()}: expected room for a temporary file (${String((error as NodeJS.ErrnoException).code)}).`,
        { hint: "TMPDIR names another folder.", cause: error },
      );
    }
    this.#written += bytes.length;
  }
}

/** Nobody else can read it, and nothing is left of it however the process ends. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "longrun-analyze-"));
  try {
    return openSync(join(folder, "spill"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
