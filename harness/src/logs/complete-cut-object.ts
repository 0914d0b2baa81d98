/** Reads a JSON object whose text was cut off. An unfinished text ends at the cut; an unfinished name, number or word is left out. */
import { parseJsonObject, type JsonObject } from "../domain/json-object.ts";

/** Returns the object with the members that are left. Returns null if the text is no object, or if more than its end is missing. */
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
  const [backslashes = ""] = /\\*$/.exec(shorter) ?? [];
  return backslashes.length % 2 === 1 ? shorter.slice(0, -1) : shorter;
}
