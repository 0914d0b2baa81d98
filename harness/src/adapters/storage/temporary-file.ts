/** A temporary file without a name: no other process can open it, and it is gone when the process ends in any way. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporaryFolderRefused } from "../../base/errors.ts";
import { InvariantError } from "../../base/invariant.ts";

export class TemporaryFile {
  #file: number | null = null;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    try {
      this.#file ??= openNameless();
      for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
    } catch (error) {
      throw temporaryFolderRefused(tmpdir(), error);
    }
    this.#length += bytes.length;
  }

  read(bytes: Uint8Array, from: number): void {
    for (let got = 0; got < bytes.length;) {
      const count = readSync(this.#file ?? -1, bytes, got, bytes.length - got, from + got);
      if (count === 0) throw new InvariantError("a temporary file is shorter than what was written");
      got += count;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), "longrun-analyze-"));
  try {
    return openSync(join(folder, "spill"), "wx+", 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
