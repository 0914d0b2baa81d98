/**
 * Finds out whether a terminal broke the lines of a text at its width. A broken line is exactly as long as the terminal is wide, and continues
 * in the next line. That a text was broken is certain only if a break lies where no line ends by itself: inside a line of the platform, a log
 * stream's name or a text of a JSON object.
 */
import { parseJsonObject } from "../../../base/json-object.ts";
import { tokensOf } from "./head-tokens.ts";
import { isInPlatformLine } from "./platform-text.ts";

/** In a narrower text, more is broken than can be told apart. */
const WIDTH_MIN = 10;
/** How many characters at the beginning of a line are compared with other beginnings. */
const BEGINNING = 26;

export interface HardWraps {
  readonly width: number;
  /** The forms of the beginnings of lines that certainly do not continue a broken line. */
  readonly beginnings: ReadonlySet<string>;
}

export function hardWrapsOf(lines: readonly string[]): HardWraps | null {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  if (width < WIDTH_MIN) return null;
  const beginnings = new Set(
    lines.filter((_, index) => (lines[index - 1]?.length ?? 0) < width).map(beginningOf),
  );
  const wraps = { width, beginnings };
  let open = "";
  let breaks: number[] = [];
  const isProof = (): boolean =>
    breaks.some((position) => isInPlatformLine(open, position)) || breaksJson(open, breaks);
  for (const line of lines) {
    if (open !== "" && !continuesWrapped(wraps, open, line)) {
      if (isProof()) return wraps;
      [open, breaks] = ["", []];
    }
    if (open !== "") breaks.push(open.length);
    open += line;
    if (line.length === width) continue;
    if (isProof()) return wraps;
    [open, breaks] = ["", []];
  }
  return isProof() ? wraps : null;
}

/** Whether a break lies inside a text of a JSON object, where JSON has no line end. */
function breaksJson(text: string, breaks: readonly number[]): boolean {
  const object = text.indexOf("{");
  const inside = breaks.filter((position) => position > object);
  if (object === -1 || inside.length === 0 || parseJsonObject(text.slice(object)) === null) return false;
  const pieces = [...inside, text.length].map((to, index) => text.slice(inside[index - 1] ?? object, to));
  return parseJsonObject(pieces.join("\n")) === null;
}

/**
 * Whether the line continues `open`, the text of one or more lines of full width. A line of full width can also be complete. Then the next
 * line begins like other lines, and `open` has more than a head.
 */
export function continuesWrapped({ beginnings }: HardWraps, open: string, line: string): boolean {
  return !beginnings.has(beginningOf(line)) || tokensOf(open).every(({ kind }) => kind !== "word");
}

function beginningOf(line: string): string {
  return line.slice(0, BEGINNING).replace(/[0-9]/g, "0").replace(/[a-z]/gi, "a");
}
