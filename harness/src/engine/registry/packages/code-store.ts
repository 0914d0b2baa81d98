/**
 * Deployment packages and layers on disk. Each has a folder, named by the SHA-256 of its zip, with the zip and its unpacked contents. A
 * package whose folder exists is complete, because renaming the folder into place is the last step. Only the zip is flushed to the disk,
 * because a package can have 100,000 files: contents that were unpacked before the last start of the machine are unpacked again.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJsonObject } from "../../../base/json-object.ts";
import type { StoredPackage } from "./stored-package.ts";
import { removeTree } from "../../remove-tree.ts";
import { LambdaError, invalidParameter } from "../../request-validation/lambda-error.ts";
import { makePrivateFolder, PRIVATE_FILE } from "../../private-folder.ts";
import { type Flush, flushFile, flushFolder, writeFlushed } from "../../flush-to-disk.ts";
import { unpackPackage } from "./unpack-package.ts";

export const ZIPPED_BYTES_MAX = 52_428_800;
const UNFINISHED = "unfinished-";
const ZIP = "package.zip";
const CONTENTS = "contents";
/** Names the start of the machine (or, where that has no name, of the engine) since which the contents are complete, and their size. */
const UNPACKED = "unpacked.json";

interface CodeStoreOptions {
  readonly boot?: string;
  readonly flush?: Flush;
}

export class CodeStore {
  readonly #folder: string;
  readonly #boot: string;
  readonly #flush: Flush;
  readonly #arriving = new Map<string, Promise<number>>();
  /** The unzipped size of each package whose contents are complete. Environments may use them, so they stay as they are. */
  readonly #ready = new Map<string, number>();

  constructor(
    folder: string,
    { boot = machineBoot() ?? randomUUID(), flush = flushFile }: CodeStoreOptions = {},
  ) {
    this.#folder = folder;
    this.#boot = boot;
    this.#flush = flush;
  }

  /** Throws Lambda's error for an invalid zip. */
  async put(zip: Buffer): Promise<StoredPackage> {
    if (zip.length === 0) throw invalidParameter("Uploaded file must be a non-empty zip");
    if (zip.length > ZIPPED_BYTES_MAX) {
      throw new LambdaError(
        "RequestEntityTooLargeException",
        `Zipped size must be smaller than ${ZIPPED_BYTES_MAX} bytes`,
      );
    }
    const digest = createHash("sha256").update(zip).digest();
    const folder = digest.toString("hex");
    let arrival = this.#arriving.get(folder);
    if (arrival === undefined) {
      arrival = this.#arrive(zip, folder).finally(() => this.#arriving.delete(folder));
      this.#arriving.set(folder, arrival);
    }
    const unzippedSize = await arrival;
    return { codeSha256: digest.toString("base64"), codeSize: zip.length, folder, unzippedSize };
  }

  contentsOf(code: StoredPackage): string {
    return join(this.#folder, code.folder, CONTENTS);
  }

  /** Makes a package that an earlier engine left ready for use. Rejects if its zip cannot be read or unpacked. */
  async reopen(folder: string): Promise<number> {
    const known = this.#ready.get(folder);
    if (known !== undefined) return known;
    const path = join(this.#folder, folder);
    const unpacked = parseJsonObject(await readFile(join(path, UNPACKED), "utf8").catch(() => ""));
    let bytes = Number(unpacked?.["bytes"]);
    if (unpacked?.["boot"] !== this.#boot || !existsSync(join(path, CONTENTS))) {
      const zip = await readFile(join(path, ZIP));
      await rm(join(path, UNPACKED), { force: true });
      await removeTree(join(path, CONTENTS));
      bytes = await this.#unpack(zip, path);
    }
    this.#ready.set(folder, bytes);
    return bytes;
  }

  async zipOf(code: Pick<StoredPackage, "folder">): Promise<Buffer> {
    return readFile(join(this.#folder, code.folder, ZIP));
  }

  /** Removes every folder that is not in `used`. This includes the incomplete packages that a killed engine left. */
  async sweep(used: ReadonlySet<string>): Promise<void> {
    makePrivateFolder(this.#folder);
    for (const name of await readdir(this.#folder)) {
      if (!used.has(name) && !this.#arriving.has(name)) await removeTree(join(this.#folder, name));
    }
  }

  /** Resolves with the unzipped size. */
  async #arrive(zip: Buffer, folder: string): Promise<number> {
    const finished = join(this.#folder, folder);
    const isThere = existsSync(finished) && (await this.reopen(folder).catch(() => null)) !== null;
    if (!isThere) {
      await removeTree(finished);
      await this.#make(zip, finished);
    }
    await flushFolder(this.#folder, this.#flush);
    return await this.reopen(folder);
  }

  async #make(zip: Buffer, finished: string): Promise<void> {
    const unfinished = join(this.#folder, UNFINISHED + randomUUID());
    try {
      await this.#unpack(zip, unfinished);
      await writeFlushed(join(unfinished, ZIP), zip, { mode: PRIVATE_FILE, flush: this.#flush });
      await flushFolder(unfinished, this.#flush);
      await rename(unfinished, finished);
    } catch (error) {
      await removeTree(unfinished);
      throw error;
    }
  }

  async #unpack(zip: Buffer, path: string): Promise<number> {
    const bytes = await unpackPackage(zip, join(path, CONTENTS));
    const unpacked = JSON.stringify({ boot: this.#boot, bytes });
    await writeFile(join(path, UNPACKED), unpacked, { mode: PRIVATE_FILE });
    return bytes;
  }
}

/** A text that is another one after each start of this machine; null where the system has none (other systems than Linux). */
function machineBoot(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
