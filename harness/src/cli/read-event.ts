/** `--event JSON|FILE`: the event that each invocation gets. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { whyUnreadable } from "./why-unreadable.ts";

type ReadEvent =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly expected: string };

export function readEvent(text: string, workingFolder: string): ReadEvent {
  if (/^\s*(?:[[{"]|-?\d|true\s*$|false\s*$|null\s*$)/.test(text)) return parseEvent(text, "");
  try {
    return parseEvent(readFileSync(resolve(workingFolder, text), "utf8"), " in the file");
  } catch (error) {
    return {
      ok: false,
      expected: `JSON, or a file that can be read, but ${whyUnreadable(error)}`,
    };
  }
}

function parseEvent(text: string, where: string): ReadEvent {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, expected: `JSON${where}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
