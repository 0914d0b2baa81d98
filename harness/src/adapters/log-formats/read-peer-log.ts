/** Reads a peer's log, recognised by its content: peer log lines (docs/contracts.md#the-peer-log-line) or a server's own log. */
import { LongrunError } from "../../base/errors.ts";
import { runNotice } from "../../record/notices.ts";
import { PEER_LOG_EXPECTED, type PeerLogRecord } from "../../record/peer-log.ts";
import { asPeerRecord } from "../run-directory/run-records.ts";
import type { LogEvent } from "../../logs/log-event.ts";
import type { ServerLogsRead } from "../../run/ports/server-log-files.ts";
import { CoveredTime } from "./covered-time.ts";
import { LineSplitter } from "./line-splitter.ts";
import { LOG_LIMITS } from "../../logs/forms/log-limits.ts";
import { RecognisedServerLog, type ServerLogOptions } from "./recognised-server-log.ts";
import type { EpochMs } from "../../base/time.ts";
import { cannotBeOpened, readValues, type Unreadable } from "./read-values.ts";
import { utf8Bytes } from "./utf8-bytes.ts";

export interface PeerLogFile {
  readonly source: string;
  readonly open: () => AsyncIterable<Buffer>;
}

/** Passes on each record of the files of one peer. Returns what could not be read, and notices for the user. */
export async function readPeerLog(
  files: readonly PeerLogFile[],
  options: ServerLogOptions,
  take: (record: PeerLogRecord) => void,
): Promise<ServerLogsRead> {
  const server = new RecognisedServerLog(options, take);
  let records = 0;
  const covered = new CoveredTime(options);
  const counted = (record: PeerLogRecord): void => {
    records += 1;
    covered.note(record);
    take(record);
  };
  const unreadable: Unreadable[] = [];
  const ordered = files.length > 1 ? await inOrder(files, server) : files;
  for (const { source, open } of ordered) {
    const lost = await readFile(source, open(), { server, take: counted });
    if (lost !== null) unreadable.push(lost);
    const ofServer = server.takeLost();
    if (ofServer.lines > 0) unreadable.push({ source, ...ofServer });
  }
  const last = ordered.at(-1)?.source ?? "";
  const notices = [...server.finish(last), covered.notice(last)].filter((one) => one !== null);
  // A file that has lines, but no line of a known form, was refused or counted above.
  if (records > 0 || unreadable.length > 0 || server.found) return { unreadable, notices };
  return {
    unreadable,
    notices: [runNotice("peer-log-empty", { sources: ordered.map(({ source }) => source) })],
  };
}

interface PeerLogReading {
  readonly server: RecognisedServerLog;
  readonly take: (record: PeerLogRecord) => void;
}

async function readFile(
  source: string,
  bytes: AsyncIterable<Buffer>,
  { server, take }: PeerLogReading,
): Promise<Unreadable | null> {
  const { head, rest } = await beginning(source, bytes);
  if (head.some((line) => server.isPlain(line))) {
    await readLines(rest, server);
    return null;
  }
  /** Returns null if there is no record. */
  const taken = (record: PeerLogRecord | null): true | null => {
    if (record === null) return null;
    take(record);
    return true;
  };
  const batches = readValues<PeerLogRecord, true>(source, rest, {
    what: "the peer's log",
    // The log of the peer's machine can also have other lines.
    mayHoldOthers: true,
    hint: () => PEER_LOG_EXPECTED,
    own: asPeerRecord,
    skip: null,
    // Records are passed on here, because `server` passes on its own at once, and the order of a file is kept.
    value(piece) {
      if (piece.kind === "own") return taken(server.zoned(piece.value));
      if (piece.kind === "skipped") return null;
      // The log stream of the event does not matter.
      return taken(server.zoned(insideEvent(piece.event))) ?? (server.line(piece.event.message) || null);
    },
  });
  let lost: Unreadable | null = null;
  for await (const { unreadable } of batches) lost = unreadable;
  return lost;
}

interface Beginning {
  readonly head: readonly string[];
  /** All bytes of the file, including the head. */
  readonly rest: AsyncIterable<Buffer>;
  /** Must be called if `rest` is not read. */
  readonly close: () => Promise<void>;
}

async function beginning(source: string, bytes: AsyncIterable<Buffer>): Promise<Beginning> {
  const all = utf8Bytes(bytes);
  const pieces: Buffer[] = [];
  let failure: Error | null = null;
  let done = false;
  let size = 0;
  while (!done && size < HEAD_BYTES) {
    try {
      const next = await all.next();
      done = next.done === true;
      // A piece is valid only until the next one is requested.
      if (next.done !== true) pieces.push(Buffer.from(next.value));
      size += next.done === true ? 0 : next.value.length;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (pieces.length === 0 && code !== undefined && !code.startsWith("Z_"))
        throw error instanceof LongrunError ? error : cannotBeOpened(source, "the peer's log", error);
      failure = error as Error;
      done = true;
    }
  }
  const text = Buffer.concat(pieces).toString("utf8");
  return {
    head: text.split(/\r?\n/, LOG_LIMITS.linesToFindForm),
    close: async () => void (await all.return(undefined)),
    rest: (async function* () {
      yield* pieces;
      if (failure !== null) throw failure;
      if (!done) yield* all;
    })(),
  };
}

const HEAD_BYTES = 1 << 20;

async function readLines(bytes: AsyncIterable<Buffer>, server: RecognisedServerLog): Promise<void> {
  const lines = new LineSplitter(
    {
      line: (line) => void server.line(line.toString("utf8").replace(/\r$/, "")),
      skim: (from) => from,
      longPart: () => undefined,
      longEnd: () => server.lost("(a line that is too long)"),
    },
    LOG_LIMITS.eventBytes,
  );
  try {
    for await (const piece of bytes) lines.push(piece);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_") !== true) throw error;
    server.lost(code === "Z_BUF_ERROR" ? "(the gzip file is cut off)" : "(the gzip file is damaged)");
  }
  lines.finish();
}

/**
 * Sorts the files by the first time in each. If the first time of a file is not known, the files keep the order in which they were given.
 */
async function inOrder(
  files: readonly PeerLogFile[],
  server: RecognisedServerLog,
): Promise<readonly PeerLogFile[]> {
  const timed = [];
  for (const file of files) {
    const { head, close } = await beginning(file.source, file.open());
    await close();
    timed.push({ file, at: firstTime(head, server) });
  }
  if (timed.some(({ at }) => at === null)) return files;
  return timed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ file }) => file);
}

function firstTime(lines: readonly string[], server: RecognisedServerLog): EpochMs | null {
  for (const line of lines) {
    const at = server.timeOf(line);
    if (at !== null) return at;
  }
  return null;
}

function insideEvent(event: LogEvent): PeerLogRecord | null {
  try {
    const value = JSON.parse(event.message) as unknown;
    const record =
      typeof value === "object" && value !== null ? asPeerRecord(value as Record<string, unknown>) : null;
    return record === null || event.eventId === null ? record : { ...record, eventId: event.eventId };
  } catch {
    return null;
  }
}
