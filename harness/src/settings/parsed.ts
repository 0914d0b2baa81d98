export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `expected` is the end of a sentence that begins with "expected". */
  | { readonly ok: false; readonly expected: string };

export const accept = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });

export const expected = (what: string): { readonly ok: false; readonly expected: string } => ({
  ok: false,
  expected: what,
});

export function readList<Value>(
  json: unknown,
  readOne: (json: unknown) => Parsed<Value>,
): Parsed<readonly Value[]> {
  if (!Array.isArray(json)) return expected("a list");
  const values: Value[] = [];
  for (const [index, item] of json.entries()) {
    const read = readOne(item);
    if (!read.ok) return expected(`${read.expected} at [${index}]`);
    values.push(read.value);
  }
  return accept(values);
}
