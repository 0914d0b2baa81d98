/**
 * Deployment packages and layers on disk. Each has a folder, named by the SHA-256 of its zip, with the zip and its unpacked contents. A
 * package whose folder exists is complete, because renaming the folder into place is the last step.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StoredPackage } from "./stored-package.ts";
import { removeTree } from "../../remove-tree.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { makePrivateFolder, PRIVATE_FILE } from "../../private-folder.ts";
import { unpackPackage } from "./unpack-package.ts";

export const ZIPPED_BYTES_MAX = 52_428_800;
const UNFINISHED = "unfinished-";
const SIZE_FILE = "unzipped-size";

export class CodeStore {
  readonly #folder: string;
  readonly #arriving = new Map<string, Promise<number>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws Lambda's error for an invalid zip. */
  async put(zip: Buffer): Promise<StoredPackage> {
    if (zip.length === 0)
      throw new LambdaError("InvalidParameterValueException", "Uploaded file must be a non-empty zip");
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
    return join(this.#folder, code.folder, "contents");
  }

  has(code: StoredPackage): boolean {
    return existsSync(this.contentsOf(code));
  }

  async zipOf(code: Pick<StoredPackage, "folder">): Promise<Buffer> {
    return readFile(join(this.#folder, code.folder, "package.zip"));
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
    if (existsSync(finished)) return Number(await readFile(join(finished, SIZE_FILE), "utf8").catch(() => 0));
    const unfinished = join(this.#folder, UNFINISHED + randomUUID());
    try {
      const size = await unpackPackage(zip, join(unfinished, "contents"));
      await writeFile(join(unfinished, "package.zip"), zip, { mode: PRIVATE_FILE });
      await writeFile(join(unfinished, SIZE_FILE), String(size));
      await rename(unfinished, finished);
      return size;
    } catch (error) {
      await removeTree(unfinished);
      throw error;
    }
  }
}
