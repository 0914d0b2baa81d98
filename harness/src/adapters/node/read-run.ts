/**
 * A run directory → the evidence in it, whatever became of the run: one that was killed is read as it is. A folder
 * that is no run, or one of a newer longrun, is refused with what was expected.
 */
import { readFileSync, statSync } from "node:fs";
import { LongrunError } from "../../domain/errors.ts";
import type { Evidence, FunctionEvidence } from "../../domain/evidence.ts";
import type { JournalEvent } from "../../domain/journal.ts";
import type { LinkLogRecord } from "../../domain/link-log.ts";
import type { LogRecord } from "../../domain/log-record.ts";
import type { Manifest, ManifestFunction } from "../../domain/manifest.ts";
import { PEER_EVENTS, type PeerLogRecord } from "../../domain/peer-log.ts";
import type { AppliedEntry, Plan } from "../../domain/plan.ts";
import { readJsonLines, type JsonLines } from "./json-lines.ts";
import { runFolder, type RunFolder } from "./run-folder.ts";

const SCHEMA_VERSION = 1;

/** The log records of one function, and what of its log could not be read; null: there is no log. */
export type RecordsReader = (path: string, name: string) => ReadRecords | null;

export interface ReadRecords {
  readonly evidence: Pick<FunctionEvidence, "records" | "streams">;
  readonly unreadable: JsonLines<LogRecord>["unreadable"];
}

/** `readRecords`: where log records are to lie; in memory, unless said otherwise. */
export function readRun(folder: string, readRecords: RecordsReader = heldRecords): Evidence {
  const paths = runFolder(folder);
  const manifest = readManifest(folder, paths.manifest);
  const journal = readJsonLines(paths.journal, asJournalEvent);
  if (journal === null) throw notARun(folder, "it has no journal.jsonl");
  const ready = new Map<string, string>();
  for (const event of journal.values)
    if (event.event === "function-ready") ready.set(event.function, event.functionArn);
  return {
    manifest,
    journal: journal.values,
    plan: readPlan(folder),
    applied:
      readJsonLines(paths.applied, (value) =>
        typeof value["entry"] === "number" ? (value as unknown as AppliedEntry) : null,
      )?.values ?? null,
    functions: manifest.functions.map((chosen) =>
      readFunction({ paths, chosen, journal, readRecords }, ready.get(chosen.name) ?? null),
    ),
  };
}

/** Null: there is none. */
export function readPlan(folder: string): Plan | null {
  return readWhole(folder, runFolder(folder).plan) as Plan | null;
}

export function readManifest(folder: string, path: string): Manifest {
  if (!isFolder(folder)) {
    throw new LongrunError("usage", `${folder}: expected a run directory, but there is no such folder.`, {
      hint: "longrun soak prints the folder of its run on the last line.",
    });
  }
  const manifest = readWhole(folder, path) as Partial<Manifest> | null;
  if (manifest === null) throw notARun(folder, "it has no manifest.json");
  const version: unknown = manifest.schemaVersion;
  if (typeof version === "number" && version > SCHEMA_VERSION) {
    throw new LongrunError(
      "usage",
      `${folder}: expected a run of schema version ${SCHEMA_VERSION}, found ${version}; a newer longrun made it.`,
      {
        hint: "Update lambda-longrun to read it.",
      },
    );
  }
  if (
    version !== SCHEMA_VERSION ||
    manifest.tool?.name !== "lambda-longrun" ||
    !Array.isArray(manifest.functions) ||
    manifest.profile === undefined
  ) {
    throw notARun(folder, "its manifest.json is not one of lambda-longrun");
  }
  return manifest as Manifest;
}

interface RunReading {
  readonly paths: RunFolder;
  readonly chosen: ManifestFunction;
  readonly journal: JsonLines<JournalEvent>;
  readonly readRecords: RecordsReader;
}

function readFunction(
  { paths, chosen, journal, readRecords }: RunReading,
  functionArn: string | null,
): FunctionEvidence {
  const records = readRecords(paths.logs(chosen.name), chosen.name);
  const peerLog = readJsonLines(paths.peer(chosen.name), asPeerRecord);
  const linkLog = readJsonLines(paths.links(chosen.name), asLinkRecord);
  const sources = [
    ["journal.jsonl", journal],
    [`logs/${chosen.name}.jsonl`, records],
    [`logs/peer-${chosen.name}.jsonl`, peerLog],
    [`logs/link-${chosen.name}.jsonl`, linkLog],
  ] as const;
  return {
    name: chosen.name,
    functionArn,
    ...(records?.evidence ?? { records: [] }),
    peerLog: peerLog?.values ?? null,
    linkLog: linkLog?.values ?? null,
    unreadable: sources.flatMap(([source, read]) =>
      read === null || read.unreadable.lines === 0 ? [] : [{ source, ...read.unreadable }],
    ),
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";

export function asJournalEvent(value: Record<string, unknown>): JournalEvent | null {
  return isText(value["event"]) && isText(value["time"]) && typeof value["sequence"] === "number"
    ? (value as unknown as JournalEvent)
    : null;
}

function heldRecords(path: string): ReadRecords | null {
  const names = new Map<string, string>();
  const read = readJsonLines(path, (value) => asLogRecord(value, names));
  return read === null ? null : { evidence: { records: read.values }, unreadable: read.unreadable };
}

/** Thousands of records name the same few groups and streams: one text each is enough. */
export function asLogRecord(value: Record<string, unknown>, names: Map<string, string>): LogRecord | null {
  const { logGroup, logStreamName, timestamp, message, ingestionTime, eventId } = value;
  if (!isText(logGroup) || !isText(logStreamName) || typeof timestamp !== "number" || !isText(message))
    return null;
  const known = (text: string): string => {
    const first = names.get(text) ?? text;
    names.set(text, first);
    return first;
  };
  return {
    logGroup: known(logGroup),
    logStreamName: known(logStreamName),
    timestamp,
    message,
    ingestionTime: typeof ingestionTime === "number" ? ingestionTime : null,
    eventId: isText(eventId) ? eventId : null,
  };
}

export function asPeerRecord(value: Record<string, unknown>): PeerLogRecord | null {
  const { time, event, connection, remote, hello } = value;
  const known = PEER_EVENTS.find((name) => name === event);
  if (!isText(time) || known === undefined) return null;
  const said = typeof hello === "object" && hello !== null ? (hello as Record<string, unknown>) : null;
  const member = (name: string): string | null => (isText(said?.[name]) ? said[name] : null);
  return {
    time,
    event: known,
    connection: typeof connection === "number" ? connection : null,
    remote: isText(remote) ? remote : null,
    hello:
      said === null
        ? null
        : { bootId: member("bootId"), logStream: member("logStream"), phase: member("phase") },
    ...(isText(value["eventId"]) ? { eventId: value["eventId"] } : {}),
  };
}

export function asLinkRecord(value: Record<string, unknown>): LinkLogRecord | null {
  const fits =
    isText(value["time"]) &&
    isText(value["event"]) &&
    isText(value["environment"]) &&
    typeof value["connection"] === "number";
  return fits && isTextOrNull(value["upstreamLocal"] ?? null) ? (value as unknown as LinkLogRecord) : null;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Null: there is no such file. */
function readWhole(folder: string, path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new LongrunError(
      "usage",
      `${path}: expected a file that can be read, but ${code ?? String(error)}.`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw notARun(folder, `${path} is no JSON`, error);
  }
}

export function notARun(folder: string, why: string, cause?: unknown): LongrunError {
  return new LongrunError("usage", `${folder}: expected a run directory, but ${why}.`, {
    hint: "longrun soak prints the folder of its run on the last line.",
    ...(cause === undefined ? {} : { cause }),
  });
}
