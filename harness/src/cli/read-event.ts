/** `--event JSON|FILE`: the event that each invocation gets. */
import { resolve } from "node:path";
import { readGivenText } from "../adapters/node/read-given-file.ts";
import { jsonProblem } from "../base/json-problem.ts";
import { EVENT_LEVELS_MAX, isNestedTooDeeply } from "../base/json-object.ts";
import { whyUnreadable } from "./why-unreadable.ts";

type ReadEvent =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly expected: string };

export function readEvent(text: string, workingFolder: string): ReadEvent {
  if (isJson(text)) return parseEvent(text, "");
  try {
    return parseEvent(readGivenText(resolve(workingFolder, text)), " in the file");
  } catch (error) {
    return {
      ok: false,
      expected: `JSON, or a file that can be read, but ${whyUnreadable(error)}`,
    };
  }
}

/** Whether the text is meant as JSON and not as the name of a file. */
function isJson(text: string): boolean {
  return /^\s*(?:[[{"]|-?\d|true\s*$|false\s*$|null\s*$)/.test(text);
}

function parseEvent(text: string, where: string): ReadEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, expected: `JSON${where}: ${jsonProblem(error)}` };
  }
  return isNestedTooDeeply(value, EVENT_LEVELS_MAX)
    ? {
        ok: false,
        expected: `JSON${where} with at most ${EVENT_LEVELS_MAX} lists and objects inside each other`,
      }
    : { ok: true, value };
}

/** The flag as messages show it. Only the name of a JSON file is shown; any other word, URL or `pw=…` may be a password. */
export function shownEvent(text: string, showValues: boolean): string {
  return `--event ${showValues || /^[^\s@=:[{"]+\.json$/i.test(text) ? text : "…"}`;
}
