/**
 * Keeps records on disk, each in one JSON file that is replaced by renaming. A file whose content cannot be read is reported, and the engine
 * still starts. Users change the members of a record, never what is in them, and then save it.
 */
import { createHash, randomUUID } from "node:crypto";
import { chmod, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { isMachineFault } from "../machine-fault.ts";
import { makePrivateFolder, PRIVATE_FILE } from "../private-folder.ts";
import { type Flush, flushFile, flushFolder, writeFlushed } from "../flush-to-disk.ts";

export interface RecordForm<T> {
  /** What messages call a record, such as "a function". */
  readonly what: string;
  /** The schema is loaded only if there is a record to read, because loading schemas takes a large part of the engine's start. */
  readonly schema: () => Promise<z.ZodType<T>>;
  readonly nameOf: (record: T) => string;
  /** The key that identifies a record: its name, if names are unique. */
  readonly keyOf: (record: T) => string;
}

export class RecordFolder<T extends object> {
  readonly #folder: string;
  readonly #form: RecordForm<T>;
  readonly #flush: Flush;
  /** The last write of each record, by the record's key. The next write of the same record begins after it. */
  readonly #writing = new Map<string, Promise<void>>();
  /** The members of each record as they were when it was last accepted. */
  readonly #accepted = new WeakMap<T, T>();
  readonly #removed = new WeakSet<T>();

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
        const record = schema.parse(JSON.parse(await readFile(path, "utf8")));
        this.accept(record);
        records.push(record);
      } catch (error) {
        if (isMachineFault(error)) throw error;
        const { z: zod } = await import("zod");
        const reason = error instanceof zod.ZodError ? zod.prettifyError(error) : (error as Error).message;
        problems.push(
          `${path} is not ${this.#form.what} that this version can read and was left alone: ${reason}`,
        );
      }
    }
    return { records, problems };
  }

  /** If the record cannot be saved later, it becomes again what it is now. */
  accept(record: T): void {
    this.#accepted.set(record, { ...record });
  }

  /** Rejects if the record cannot be saved. The record in memory is then again as it was when it was last saved or accepted. */
  async save(record: T): Promise<void> {
    const given = { ...record };
    try {
      await this.#write(record);
    } catch (error) {
      const before = this.#accepted.get(record);
      // If it was changed meanwhile, the save of that change decides.
      if (before !== undefined && haveSameMembers(record, given)) Object.assign(record, before);
      throw error;
    }
    this.#accepted.set(record, given);
  }

  #write(record: T): Promise<void> {
    return this.#inTurn(this.#form.keyOf(record), async () => {
      if (this.#removed.has(record)) return;
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

  /** Once it is removed, the record is never saved again. */
  remove(record: T): Promise<void> {
    return this.#inTurn(this.#form.keyOf(record), async () => {
      await rm(this.#pathOf(record), { force: true });
      this.#removed.add(record);
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

function haveSameMembers<T extends object>(one: T, other: T): boolean {
  return (Object.keys(one) as (keyof T)[]).every((key) => one[key] === other[key]);
}
