/** Writes the same text as `JSON.stringify(value, null, 2)` in pieces, because the text of a long result needs too much memory. */
import { LazyList } from "../base/listed.ts";

/**
 * The result has depth 0. Values with a smaller depth than this (the result, its functions and their lists) are written in pieces. A value
 * with this depth or a larger one is one piece, unless it is or contains a long list.
 */
const DEPTH_MAX = 4;
const INDENT = "  ";

export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  const margin = INDENT.repeat(depth);
  if (typeof value !== "object" || value === null || (depth >= DEPTH_MAX && !isLong(value))) {
    yield JSON.stringify(value, null, INDENT).replaceAll("\n", `\n${margin}`);
    return;
  }
  const [open, close] = isList(value) ? ["[", "]"] : ["{", "}"];
  let before = `${open}\n`;
  for (const [name, one] of isList(value) ? elements(value) : members(value)) {
    yield `${before}${margin}${INDENT}${name}`;
    yield* jsonPieces(one, depth + 1);
    before = ",\n";
  }
  yield before === ",\n" ? `\n${margin}${close}` : `${open}${close}`;
}

function isList(value: object): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof LazyList;
}

function isLong(value: object): boolean {
  return value instanceof LazyList || Object.values(value).some((member) => member instanceof LazyList);
}

function* elements(list: Iterable<unknown>): Generator<readonly [name: string, value: unknown]> {
  for (const one of list) yield ["", one ?? null];
}

function* members(value: object): Generator<readonly [name: string, value: unknown]> {
  for (const [name, one] of Object.entries(value))
    if (one !== undefined) yield [`${JSON.stringify(name)}: `, one];
}
