/** Reads a log group hour by hour. Complete hours are kept in files of JSON lines, so that an interrupted reading can continue. */
import { createReadStream, existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { notAvailable } from "../../base/errors.ts";
import type { LogRecord } from "../../record/log-record.ts";
import type { LogSource } from "../../run/ports/log-source.ts";
import { epochMs, isoTime, type EpochMs } from "../../base/time.ts";
import { makeFolder } from "../node/make-folder.ts";

const HOUR_MS = 3_600_000;

interface LogGroupRequest {
  readonly source: LogSource;
  readonly logGroup: string;
  readonly since: EpochMs;
  readonly until: EpochMs;
  /** Hours that ended before this time are complete: no more of their events arrive. */
  readonly settledBefore: EpochMs;
  /** Null if nothing is kept. */
  readonly folder: string | null;
  readonly signal: AbortSignal;
  readonly progress: (state: {
    readonly hour: number;
    readonly hours: number;
    readonly events: number;
    readonly kept: boolean;
  }) => void;
}

interface Hour {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What was read now as records, and what was kept as the bytes of its JSON lines. */
type Slice = readonly LogRecord[] | Buffer;

/** Throws `unavailable` if an hour cannot be written into the folder. */
export async function* logGroupSlices(request: LogGroupRequest): AsyncGenerator<Slice> {
  const hours = hoursOf(request.since, request.until);
  if (request.folder !== null) makeFolder(request.folder);
  let events = 0;
  const report = (hour: number, kept: boolean): void =>
    request.progress({ hour, hours: hours.length, events, kept });
  for (const [index, hour] of hours.entries()) {
    const file = request.folder === null ? null : join(request.folder, fileName(hour));
    if (file !== null && existsSync(file)) {
      yield* createReadStream(file) as AsyncIterable<Buffer>;
      report(index + 1, true);
      continue;
    }
    const pages = readHour(request, hour, (count) => {
      events += count;
      report(index, false);
    });
    if (file === null) yield* pages;
    else yield* keptIn(file, pages, hour.to <= request.settledBefore);
    report(index + 1, false);
  }
}

async function* readHour(
  { source, logGroup, signal, until }: LogGroupRequest,
  hour: Hour,
  read: (count: number) => void,
): AsyncGenerator<readonly LogRecord[]> {
  const last = epochMs(Math.min(hour.to - 1, until));
  for await (const page of source.read(logGroup, hour.from, signal, { until: last, groupMustExist: true })) {
    read(page.length);
    yield page;
  }
}

/** An hour that is not complete is kept as `….open.jsonl`. The next reading does not look for this file and reads the hour again. */
async function* keptIn(
  path: string,
  pages: AsyncIterable<readonly LogRecord[]>,
  whole: boolean,
): AsyncGenerator<readonly LogRecord[]> {
  const part = `${path}.part`;
  const openHour = path.replace(/\.jsonl$/, ".open.jsonl");
  const file = await open(part, "w").catch((error: unknown) => cannotKeep(part, error));
  try {
    for await (const page of pages) {
      const lines = page.map((record) => `${JSON.stringify(record)}\n`).join("");
      await file.appendFile(lines).catch((error: unknown) => cannotKeep(part, error));
      yield page;
    }
  } finally {
    await file.close();
  }
  rmSync(openHour, { force: true });
  renameSync(part, whole ? path : openHour);
}

function cannotKeep(path: string, error: unknown): never {
  throw notAvailable(
    `${path}: expected a file that can be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
    {
      hint: "Make the folder writable or free some space, then start the command again: complete hours in this folder are not read again.",
      cause: error,
    },
  );
}

/** Divides the range into clock hours, so that a range with another start finds the same files. */
function hoursOf(since: EpochMs, until: EpochMs): readonly Hour[] {
  const hours: Hour[] = [];
  for (let from = Math.floor(since / HOUR_MS) * HOUR_MS; from <= until; from += HOUR_MS)
    hours.push({ from: epochMs(from), to: epochMs(from + HOUR_MS) });
  return hours;
}

/** A name such as `2026-11-25T01.jsonl`. */
function fileName({ from }: Hour): string {
  return `${isoTime(from).slice(0, 13)}.jsonl`;
}

/** A name such as `eu-central-1+aws+lambda+name`. It contains the region, because another region may have a group of the same name. */
export function folderOfGroup(region: string, logGroup: string): string {
  return `${region}${logGroup.startsWith("/") ? "" : "+"}${logGroup.replaceAll("/", "+")}`;
}
