/** A value as `JSON.stringify(value, null, 2)` writes it, in pieces, so that the text of a long result never lies in memory as a whole. */

/** Objects and lists down to here are taken apart: a result's functions, their lists, and the elements of these. */
const DEPTH_MAX = 4;
const INDENT = "  ";

export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  const margin = INDENT.repeat(depth);
  if (depth >= DEPTH_MAX || typeof value !== "object" || value === null) {
    yield JSON.stringify(value, null, INDENT).replaceAll("\n", `\n${margin}`);
    return;
  }
  const isList = Array.isArray(value);
  const members = isList
    ? (value as readonly unknown[]).map((one) => ["", one ?? null] as const)
    : Object.entries(value).flatMap(([name, one]) =>
        one === undefined ? [] : ([[`${JSON.stringify(name)}: `, one]] as const),
      );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (members.length === 0) {
    yield `${open}${close}`;
    return;
  }
  let before = `${open}\n`;
  for (const [name, one] of members) {
    yield `${before}${margin}${INDENT}${name}`;
    yield* jsonPieces(one, depth + 1);
    before = ",\n";
  }
  yield `\n${margin}${close}`;
}
