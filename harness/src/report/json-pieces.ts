import { LazyList } from "../domain/listed.ts";

/** A value as `JSON.stringify(value, null, 2)` writes it, in pieces, so that the text of a long result never lies in memory as a whole. */

/** Objects and lists down to here are taken apart: a result's functions, their lists, and the elements of these. */
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

/** It makes its elements when they are asked for, or a member of it does. */
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
