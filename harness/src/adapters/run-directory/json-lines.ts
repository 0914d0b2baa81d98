/** Reads a file of JSON objects, one per line, with the files that continue it (segments.ts). The complete text is never in memory. */
import { closeSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { isNestedTooDeeply, parseJsonObject } from "../../base/json-object.ts";
import { openRunFile } from "./run-files.ts";
import { segmentsOf } from "./segments.ts";

/** Lines that are no object of the wanted shape. An incomplete last line is not counted, because its writer was interrupted. */
interface UnreadableLines {
  readonly lines: number;
  readonly example: string | null;
}

interface JsonLinesContent<Value> {
  readonly values: Value[];
  readonly unreadable: UnreadableLines;
}

const PIECE = 1 << 20;
const EXAMPLE_LENGTH = 200;
/** No event is longer than this. Only the beginning of a longer line is kept, and the line counts as unreadable. */
const LINE_LENGTH_MAX = 16 << 20;

/** Returns null if there is no such file. */
export function readJsonLines<Value>(
  folder: string,
  path: string,
  take: (value: Record<string, unknown>) => Value | null,
): JsonLinesContent<Value> | null {
  const values: Value[] = [];
  const unreadable = eachJsonLine(folder, path, (object) => {
    const value = take(object);
    if (value !== null) values.push(value);
    return value !== null;
  });
  return unreadable === null ? null : { values, unreadable };
}

/** `path` is in the run directory `folder`. `take` returns whether the object has the wanted shape. Returns null if there is no such file. */
export function eachJsonLine(
  folder: string,
  path: string,
  take: (value: Record<string, unknown>) => boolean,
): UnreadableLines | null {
  let lines = 0;
  let example: string | null = null;
  const one = (line: string): void => {
    if (line.trim() === "") return;
    const object = parseJsonObject(line);
    if (object !== null && !isNestedTooDeeply(object) && take(object)) return;
    lines += 1;
    example ??= line.slice(0, EXAMPLE_LENGTH);
  };
  const segments = segmentsOf(folder, path);
  for (const [index, segment] of segments.entries()) {
    const torn = eachWholeLine(folder, segment, one);
    // All files except the last end with a complete line. The last file may end in the middle of a line.
    if (index < segments.length - 1) one(torn);
  }
  return segments.length === 0 ? null : { lines, example };
}

/** Returns the text after the last newline. */
function eachWholeLine(folder: string, path: string, one: (line: string) => void): string {
  const file = openRunFile(folder, path)?.descriptor;
  if (file === undefined) return "";
  const piece = Buffer.alloc(PIECE);
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let long: string | null = null;
  try {
    for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
      const text = rest + decoder.write(piece.subarray(0, count));
      let from = 0;
      for (let newline = text.indexOf("\n"); newline !== -1; newline = text.indexOf("\n", from)) {
        one(long ?? text.slice(from, newline));
        long = null;
        from = newline + 1;
      }
      rest = text.slice(from);
      if (long === null && rest.length > LINE_LENGTH_MAX) long = rest.slice(0, EXAMPLE_LENGTH);
      if (long !== null) rest = "";
    }
  } finally {
    closeSync(file);
  }
  return long ?? rest;
}
