/**
 * Reads a JSON object of which only the beginning is left. A string value that was cut ends at the cut. A member whose name was cut, or
 * whose value is then no JSON value (`tr`, `1.`), is left out. A number that was cut after a digit looks like a complete one.
 */
import { parseJsonObject, type JsonObject } from "../domain/json-object.ts";

/**
 * Returns the object with the members that are left. Returns null if the first member is left out, if the text is no object, if it is a
 * complete object, or if more than the end of the text is missing.
 */
export function completeCutObject(source: string): JsonObject | null {
  const text = source.trimEnd();
  let closers = "";
  let inString = false;
  /** The text up to the last complete member, with the closing brackets added. */
  let whole = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === "{" || sign === "[") closers = (sign === "{" ? "}" : "]") + closers;
    else if (sign === "}" || sign === "]") closers = closers.slice(1);
    else if (sign === ",") whole = text.slice(0, at) + closers;
  }
  if (closers === "") return null;
  const end = inString ? `${withoutCutEscape(text)}"` : text;
  return parseJsonObject(end + closers) ?? parseJsonObject(whole);
}

/** Removes an incomplete escape sequence at the cut. If the number of backslashes before the cut is even, the escape is complete. */
function withoutCutEscape(text: string): string {
  const [cut = ""] = /\\u[0-9a-fA-F]{0,3}$/.exec(text) ?? [];
  const shorter = text.slice(0, text.length - cut.length);
  const [backslashes = ""] = /(?<!\\)\\*$/.exec(shorter) ?? [];
  return backslashes.length % 2 === 1 ? shorter.slice(0, -1) : shorter;
}
