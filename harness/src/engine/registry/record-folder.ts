/**
 * Keeps records on disk, each in one JSON file that is replaced by renaming. A file that cannot be read is reported, and the engine still
 * starts.
 */
import { createHash, randomUUID } from "node:crypto";
import { chmod, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { makePrivateFolder, PRIVATE_FILE } from "../private-folder.ts";
import { type Flush, flushFile, flushFolder, writeFlushed } from "../flush-to-disk.ts";

export interface RecordForm<T> {
  /** What messages call a record, such as "a function". */
  readonly what: string;
  /** The schema is loaded only if there is a record to read, because loading schemas takes a large part of the engine's start. */
  readonly schema: () => Promise<z.ZodType<unknown>>;
  readonly nameOf: (record: T) => string;
  /** The key that identifies a record: its name, if names are unique. */
  readonly keyOf: (record: T) => string;
}

export class RecordFolder<T> {
  readonly #folder: string;
  readonly #form: RecordForm<T>;
  readonly #flush: Flush;
  /** The last write of each record, by the record's key. The next write of the same record begins after it. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(folder: string, form: RecordForm<T>, flush = flushFile) {
    this.#folder = folder;
    this.#form = form;
    this.#flush = flush;
  }

  async load(): Promise<{ readonly records: readonly T[]; readonly problems: readonly string[] }> {
    makePrivateFolder(this.#folder);
    const records: T[] = [];
    const problems: string[] = [];
    for (const name of (await readdir(this.#folder)).toSorted()) {
      const path = join(this.#folder, name);
      if (!name.endsWith(".json")) {
        // A file that a killed engine was writing.
        await rm(path, { force: true, recursive: true });
        continue;
      }
      // Older versions wrote files that every user may read.
      await chmod(path, PRIVATE_FILE);
      try {
        const schema = await this.#form.schema();
        records.push(schema.parse(JSON.parse(await readFile(path, "utf8"))) as T);
      } catch (error) {
        const { z: zod } = await import("zod");
        const reason = error instanceof zod.ZodError ? zod.prettifyError(error) : (error as Error).message;
        problems.push(
          `${path} is not ${this.#form.what} that this version can read and was left alone: ${reason}`,
        );
      }
    }
    return { records, problems };
  }

  save(record: T): Promise<void> {
    return this.#inTurn(this.#form.keyOf(record), async () => {
      const unfinished = join(this.#folder, `${randomUUID()}.unfinished`);
      try {
        const [mode, flush] = [PRIVATE_FILE, this.#flush];
        await writeFlushed(unfinished, JSON.stringify(record), { mode, flush });
        await rename(unfinished, this.#pathOf(record));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await flushFolder(this.#folder, this.#flush);
    });
  }

  remove(record: T): Promise<void> {
    return this.#inTurn(this.#form.keyOf(record), async () => {
      await rm(this.#pathOf(record), { force: true });
      await flushFolder(this.#folder, this.#flush);
    });
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#writing.values());
  }

  #inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#writing.get(key) ?? Promise.resolve();
    const after = before.then(work, work);
    this.#writing.set(key, after);
    void after
      .finally(() => {
        if (this.#writing.get(key) === after) this.#writing.delete(key);
      })
      .catch(() => undefined);
    return after;
  }

  /** The digest distinguishes `a` from `A` on file systems that ignore case. */
  #pathOf(record: T): string {
    const digest = createHash("sha256").update(this.#form.keyOf(record)).digest("hex").slice(0, 12);
    return join(this.#folder, `${this.#form.nameOf(record)}.${digest}.json`);
  }
}
