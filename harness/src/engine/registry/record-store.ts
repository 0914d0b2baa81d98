/**
 * Functions on disk, one JSON file each, replaced by renaming. A file that cannot be read is reported and left where it
 * is: one broken file does not keep the other functions from starting.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { FunctionRecord } from "./function-record.ts";

const textMap = z.record(z.string(), z.string());
const settings = z.object({
  Runtime: z.string(),
  Role: z.string(),
  Handler: z.string(),
  Description: z.string(),
  Timeout: z.number().int().positive(),
  MemorySize: z.number().int().positive(),
  Environment: textMap.nullable(),
  TracingMode: z.enum(["Active", "PassThrough"]),
  EphemeralStorageMb: z.number().int(),
  LoggingConfig: z.object({
    LogFormat: z.enum(["Text", "JSON"]),
    ApplicationLogLevel: z.enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]).optional(),
    SystemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
    LogGroup: z.string(),
  }),
  VpcConfig: z
    .object({
      SubnetIds: z.array(z.string()),
      SecurityGroupIds: z.array(z.string()),
      Ipv6AllowedForDualStack: z.boolean(),
    })
    .nullable(),
  DeadLetterTargetArn: z.string().nullable(),
  KMSKeyArn: z.string().nullable(),
});
const version = z.object({
  version: z.string(),
  settings,
  code: z.object({
    codeSha256: z.string(),
    codeSize: z.number(),
    folder: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  architectures: z.array(z.string()),
  lastModified: z.string(),
  revisionId: z.string(),
  state: z.enum(["Pending", "Active"]),
  lastUpdate: z.enum(["none", "InProgress", "Successful"]),
});
const record = z.object({
  schemaVersion: z.literal(1),
  name: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/),
  region: z.string(),
  accountId: z.string(),
  generation: z.number().int(),
  latest: version,
  versions: z.array(version),
  nextVersion: z.number().int(),
  aliases: z.array(
    z.object({
      Name: z.string(),
      FunctionVersion: z.string(),
      Description: z.string(),
      AdditionalVersionWeights: z.record(z.string(), z.number()),
      RevisionId: z.string(),
    }),
  ),
  tags: textMap,
  reservedConcurrency: z.number().int().nullable(),
});

export class RecordStore {
  readonly #folder: string;
  /** Writes of one function follow one another. */
  readonly #writing = new Map<string, Promise<void>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async load(): Promise<{
    readonly records: readonly FunctionRecord[];
    readonly problems: readonly string[];
  }> {
    await mkdir(this.#folder, { recursive: true });
    const records: FunctionRecord[] = [];
    const problems: string[] = [];
    for (const name of (await readdir(this.#folder)).toSorted()) {
      const path = join(this.#folder, name);
      if (!name.endsWith(".json")) {
        // What a killed engine was writing.
        await rm(path, { force: true, recursive: true });
        continue;
      }
      try {
        records.push(record.parse(JSON.parse(await readFile(path, "utf8"))) as FunctionRecord);
      } catch (error) {
        const reason = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
        problems.push(`${path} is not a function that this version can read and was left alone: ${reason}`);
      }
    }
    return { records, problems };
  }

  save(function_: FunctionRecord): Promise<void> {
    return this.#inTurn(function_.name, async () => {
      const unfinished = join(this.#folder, `${randomUUID()}.unfinished`);
      const file = await open(unfinished, "w");
      try {
        await file.writeFile(JSON.stringify(function_));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, this.#pathOf(function_.name));
    });
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(name, () => rm(this.#pathOf(name), { force: true }));
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#writing.values());
  }

  #inTurn(name: string, work: () => Promise<void>): Promise<void> {
    const before = this.#writing.get(name) ?? Promise.resolve();
    const after = before.then(work, work);
    this.#writing.set(name, after);
    void after
      .finally(() => {
        if (this.#writing.get(name) === after) this.#writing.delete(name);
      })
      .catch(() => undefined);
    return after;
  }

  /** The digest keeps `a` and `A` apart where the file system does not. */
  #pathOf(name: string): string {
    return join(this.#folder, `${name}.${createHash("sha256").update(name).digest("hex").slice(0, 12)}.json`);
  }
}
