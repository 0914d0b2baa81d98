/** `--event JSON|FILE`: the event that each invocation gets. */
import { resolve } from "node:path";
import { readGivenText } from "../adapters/node/read-given-file.ts";
import { EVENT_LEVELS_MAX, isNestedTooDeeply } from "../domain/json-object.ts";
import { whyUnreadable } from "./why-unreadable.ts";

type ReadEvent =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly expected: string };

export function readEvent(text: string, workingFolder: string): ReadEvent {
  if (/^\s*(?:[[{"]|-?\d|true\s*$|false\s*$|null\s*$)/.test(text)) return parseEvent(text, "");
  try {
    return parseEvent(readGivenText(resolve(workingFolder, text)), " in the file");
  } catch (error) {
    return {
      ok: false,
      expected: `JSON, or a file that can be read, but ${whyUnreadable(error)}`,
    };
  }
}

function parseEvent(text: string, where: string): ReadEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, expected: `JSON${where}: ${error instanceof Error ? error.message : String(error)}` };
  }
  return isNestedTooDeeply(value, EVENT_LEVELS_MAX)
    ? {
        ok: false,
        expected: `JSON${where} with at most ${EVENT_LEVELS_MAX} lists and objects inside each other`,
      }
    : { ok: true, value };
}
