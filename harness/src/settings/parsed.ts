export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `expected` is the end of a sentence that begins with "expected". */
  | { readonly ok: false; readonly expected: string };

export const accept = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });

export const expected = (what: string): { readonly ok: false; readonly expected: string } => ({
  ok: false,
  expected: what,
});
