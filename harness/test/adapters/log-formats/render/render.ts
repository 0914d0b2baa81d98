/**
 * The interface of a rendering: how a tool writes log records. A test renders a story (a script of a run) in a log format and reads it back.
 * Each format, or group of similar formats, has its own file in this folder.
 */
import type { LogRecord } from "../../../../src/record/log-record.ts";

/** The contents of files, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Rendering {
  /** The end of a test title, for example "have the same result as in JSON lines: sam logs". */
  readonly name: string;
  /** `variant` is a number that selects one of the variants that the format allows. */
  render(records: readonly LogRecord[], variant: number): Files;
  /** Returns true for a record that the format cannot show. Stories with such records are left out. */
  readonly loses?: (record: LogRecord) => boolean;
}

export const iso = (time: number): string => new Date(time).toISOString();

/** Writes a time as Logs Insights and dashboards do. */
export const spaced = (time: number): string => iso(time).replace("T", " ").replace("Z", "");

/** Writes the local time of a time zone that is two hours ahead of UTC. */
export const local = (time: number): string => iso(time + 7_200_000).replace("Z", "+02:00");

export const trimmed = (record: LogRecord): string => record.message.trimEnd();

export const lines = (texts: readonly string[], end = "\n"): string =>
  texts.map((text) => `${text}${end}`).join("");

export const coloured = (color: number, text: string): string => `\u001b[${color}m${text}\u001b[0m`;

/** Groups the records by log stream, in the order of the first record of each stream. */
export function byStream(records: readonly LogRecord[]): ReadonlyMap<string, readonly LogRecord[]> {
  const streams = new Map<string, LogRecord[]>();
  for (const record of records) {
    const known = streams.get(record.logStreamName);
    if (known === undefined) streams.set(record.logStreamName, [record]);
    else known.push(record);
  }
  return streams;
}

/**
 * Writes one file for each log stream. The file's name is the stream's name with `-` instead of `/`, as in the names that the export to S3
 * gives to folders, and then `ending`.
 */
export function fileForEachStream(
  records: readonly LogRecord[],
  ending: string,
  write: (records: readonly LogRecord[]) => string | Uint8Array,
): Files {
  return Object.fromEntries(
    [...byStream(records)].map(([stream, own]) => [`${stream.replaceAll("/", "-")}${ending}`, write(own)]),
  );
}

/** Sorts the records from newest to oldest. Records of the same millisecond are in an arbitrary order. */
export function newestFirst(records: readonly LogRecord[], variant: number): readonly LogRecord[] {
  const random = randomFrom(variant);
  return records
    .map((record) => ({ record, random: random() }))
    .sort((a, b) =>
      b.record.timestamp === a.record.timestamp
        ? a.random - b.random
        : b.record.timestamp - a.record.timestamp,
    )
    .map(({ record }) => record);
}

function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}
