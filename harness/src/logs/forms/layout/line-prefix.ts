/**
 * Finds the text that a tool wrote before each line, or between the head (time, log stream, log group) and the message of each event. The
 * platform's lines show it, because they begin with known words. What no form can read before them is this text, if all of them have it.
 */
import { tokensOf, type Token } from "./head-tokens.ts";
import { platformLineAt } from "./platform-text.ts";

export interface LinePrefix {
  /** Returns the line as a form can read it. Null if the line does not have the prefix. */
  without(line: string): string | null;
  /** Whether the text differs from line to line, so that it can name the environment, and nothing in the line names the log stream. */
  readonly differs: boolean;
  readonly example: string;
}

export interface LineReading {
  /** Whether a form reads this line: as an event in JSON, or as a head and a message that begins with the platform's words. */
  readonly isRead: (line: string) => boolean;
  /** Whether this text is an event in JSON, as an export writes it. */
  readonly isEvent: (text: string) => boolean;
}

export function linePrefixOf(lines: readonly string[], reading: LineReading): LinePrefix | null {
  const { isRead } = reading;
  const all = CORES.map((core) => withHeads(lines, (line) => core(line, reading))).find(
    (found) => found.length > 0,
  );
  if (all === undefined) return null;
  // A function can print lines of another function, but it does not print more of them than the platform prints of its own.
  const platform = all.filter(({ line }) => !isRead(line));
  const [first] = platform;
  if (first === undefined || 2 * platform.length <= all.length) return null;
  const shape = shapeOf(platform.map(({ head }) => head));
  if (shape === null) return null;
  const outer = first.head.findIndex((_, index) =>
    platform.every(({ line, head }) => isRead(line.slice(textOf(head.slice(0, index + 1)).length))),
  );
  const parts = outer === -1 ? shape : shape.slice(0, outer + 1);
  const times = parts.flatMap(({ kind }, index) => (kind === "time" ? [index] : []));
  const time = times.at(-1);
  // Nothing shows when such a line was written, or where a text ends that differs from line to line.
  if ((outer === -1 && time === undefined) || (parts.at(-1)?.kind === "word" && parts.at(-1)?.text === null))
    return null;
  const stream = shape.findIndex(({ kind }) => kind === "stream");
  return {
    without(line) {
      const found = matchOf(line, parts);
      if (found === null) return null;
      const rest = line.slice(textsLength(found));
      // A tool that sends lines on writes its own time before the time of the event.
      return outer === -1 ? `${found[time ?? 0]} ${stream === -1 ? "" : `${found[stream]} `}${rest}` : rest;
    },
    differs: stream === -1 && parts.some(({ kind, text }) => kind === "word" && text === null),
    example: textOf(first.head.slice(0, parts.length)).trim(),
  };
}

/** Where the message of a line certainly begins, or -1. The surer signs come first. */
const CORES: readonly ((line: string, reading: LineReading) => number)[] = [
  (line, { isEvent }) => {
    const object = line.indexOf("{");
    return object > 0 && isEvent(line.slice(object)) ? object : -1;
  },
  platformLineAt,
  (line) => {
    const head = tokensOf(line.slice(0, HEAD_CHARACTERS));
    const stream = head.findIndex(({ kind }) => kind === "stream");
    if (stream === -1 || head[0]?.kind === "word") return -1;
    const next = head[stream + 1]?.kind === "gap" ? stream + 2 : stream + 1;
    return textOf(head.slice(0, next)).length;
  },
];

function withHeads(
  lines: readonly string[],
  coreAt: (line: string) => number,
): readonly { readonly line: string; readonly head: readonly Token[] }[] {
  return lines.flatMap((line) => {
    const at = coreAt(line);
    return at === -1 ? [] : [{ line, head: tokensOf(line.slice(0, at)) }];
  });
}

export const HEAD_CHARACTERS = 400;

interface Part {
  readonly kind: Token["kind"];
  /** Null if the text differs between the lines. */
  readonly text: string | null;
}

/** Null if the heads do not have the same kinds of tokens. */
function shapeOf(heads: readonly (readonly Token[])[]): readonly Part[] | null {
  const [first = []] = heads;
  if (heads.some((head) => head.length !== first.length)) return null;
  if (heads.some((head) => head.some(({ kind }, index) => kind !== first[index]?.kind))) return null;
  return first.map(({ kind, text }, index) => ({
    kind,
    text: heads.every((head) => head[index]?.text === text) ? text : null,
  }));
}

/** The texts of the parts at the beginning of the line. Null if the line begins in another way. */
function matchOf(line: string, parts: readonly Part[]): readonly string[] | null {
  const found: string[] = [];
  let at = 0;
  for (const { kind, text } of parts) {
    const next = text !== null && kind !== "time" && kind !== "stream" ? text : tokenAt(line, at, kind);
    if (next === null || !line.startsWith(next, at)) return null;
    found.push(next);
    at += next.length;
  }
  return found;
}

function tokenAt(line: string, at: number, kind: Token["kind"]): string | null {
  const [first] = tokensOf(line.slice(at, at + HEAD_CHARACTERS));
  return first?.kind === kind ? first.text : null;
}

function textsLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join("");
}
