/** Copies the changed files of a folder into an S3 bucket with PutObject, because the runner's role permits nothing else. */
import { AwsClient } from "aws4fetch";
import { openAsBlob } from "node:fs";
import { copyFile, readdir, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { LongrunError, notAvailable } from "../../base/errors.ts";
import { segmentAfter } from "../run-directory/segments.ts";
import { ownCredentials } from "./own-credentials.ts";
import { unavailable } from "./service-connection.ts";

const PUT_WITHIN_MS = 300_000;
const TRIES = 3;
/**
 * While a run grows, a changed file of this size or more is copied once in this time. Otherwise the copies of ten minutes would send a day of
 * invocations every second as 46 GB.
 */
const LARGE: Rarely = { bytes: 1 << 20, everyMs: 3_600_000 };
const HINT =
  "The task's role needs s3:PutObject there, and kms:GenerateDataKey if the bucket has a KMS key. The bucket must be in this Region.";

interface Rarely {
  readonly bytes: number;
  readonly everyMs: number;
}

interface Copied {
  /** Size and time of the file. */
  readonly version: string;
  readonly at: number;
}

interface BucketPlace {
  readonly bucket: string;
  /** The prefix of the keys. It ends with a slash or is empty. */
  readonly prefix: string;
}

interface HowToKeep {
  readonly growing: boolean;
  readonly rarely?: boolean;
}

/** Reads a text such as `s3://bucket/prefix/`. Returns null for anything else. */
export function parseBucketUrl(text: string): BucketPlace | null {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text);
  if (match === null) return null;
  const prefix = match[2] ?? "";
  return { bucket: match[1] ?? "", prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

export class BucketCopy {
  readonly #place: BucketPlace & { readonly region: string; readonly endpoint: string | null };
  readonly #large: Rarely;
  /** The last copy of each file, by key. */
  readonly #copied = new Map<string, Copied>();
  #running: Promise<unknown> = Promise.resolve();

  /** `endpoint` is null for AWS. For another S3 service, the bucket's name is in the path of the URL. */
  constructor(
    place: BucketPlace & { readonly region: string; readonly endpoint: string | null },
    large: Rarely = LARGE,
  ) {
    this.#place = place;
    this.#large = large;
  }

  /** Writes one small object, to find out whether the bucket can be written. */
  async probe(name: string): Promise<void> {
    const client = await this.#client();
    await this.#put(client, `${this.#place.prefix}${name}`, () => Promise.resolve(new Blob(["longrun\n"])));
  }

  /**
   * Returns how many files were copied. A `growing` file is first copied to a temporary file, because a changing file cannot be sent. `rarely`:
   * large files that were copied a short time ago are left for a later call, but not finished segments (run-directory/segments.ts).
   */
  async keep(folder: string, under: string, how: HowToKeep): Promise<number> {
    // Calls run one after the other, so that the second does not copy again what the first has copied.
    const kept = this.#running.then(() => this.#keep(folder, under, how));
    this.#running = kept.catch(() => undefined);
    return kept;
  }

  async #keep(folder: string, under: string, { growing, rarely = false }: HowToKeep): Promise<number> {
    const client = await this.#client();
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = new Set(entries.map(({ parentPath, name }) => join(parentPath, name)));
    let count = 0;
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      const path = join(entry.parentPath, entry.name);
      const key = `${this.#place.prefix}${under}${relative(folder, path).split("\\").join("/")}`;
      const { size, mtimeMs } = await stat(path);
      const version = `${size} ${mtimeMs}`;
      const last = this.#copied.get(key);
      const now = performance.now();
      if (last?.version === version) continue;
      const grows = rarely && !paths.has(segmentAfter(path));
      if (grows && last !== undefined && size >= this.#large.bytes && now - last.at < this.#large.everyMs)
        continue;
      await this.#putFile(client, key, { path, snapshot: growing ? join(folder, ".sending") : null });
      this.#copied.set(key, { version, at: now });
      count += 1;
    }
    return count;
  }

  /** The credentials of a task expire, so they are asked for each time. */
  async #client(): Promise<AwsClient> {
    const { region } = this.#place;
    const credentials = await ownCredentials(region, "The results cannot be kept");
    return new AwsClient({ ...credentials, region, service: "s3", retries: 0 });
  }

  async #putFile(
    client: AwsClient,
    key: string,
    { path, snapshot }: { readonly path: string; readonly snapshot: string | null },
  ): Promise<void> {
    if (snapshot === null) return this.#put(client, key, () => openAsBlob(path));
    await copyFile(path, snapshot);
    try {
      await this.#put(client, key, () => openAsBlob(snapshot));
    } finally {
      await rm(snapshot, { force: true });
    }
  }

  async #put(client: AwsClient, key: string, open: () => Promise<Blob>): Promise<void> {
    const { bucket, region, endpoint } = this.#place;
    const where = `s3://${bucket}/${key}`;
    const base = endpoint === null ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
    const url = `${base}/${key.split("/").map(encodeURIComponent).join("/")}`;
    for (let tried = 1; ; tried += 1) {
      let said: string;
      try {
        const response = await client.fetch(url, {
          method: "PUT",
          body: await open(),
          signal: AbortSignal.timeout(PUT_WITHIN_MS),
        });
        const text = await response.text();
        if (response.ok) return;
        said = `${response.status} ${/<Message>([^<]*)/.exec(text)?.[1] ?? text.slice(0, 200)}`;
        if (response.status < 500)
          throw notAvailable(`${where} could not be written: ${said}`, { hint: HINT });
      } catch (error) {
        if (error instanceof LongrunError) throw error;
        if (tried >= TRIES) throw unavailable(`${where} could not be written`, error);
        continue;
      }
      if (tried >= TRIES) throw notAvailable(`${where} could not be written: ${said}`);
    }
  }
}
