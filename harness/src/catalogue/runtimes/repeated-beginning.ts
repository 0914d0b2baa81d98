/**
 * Finds where a text repeats its own beginning. All answers together need time in proportion to the length of the text, because the equal
 * characters are counted once for every position (the "Z function" of the text).
 */
export class RepeatedBeginning {
  readonly #text: string;
  /** How many characters from this position on are those of the beginning, and the highest such number from this position on. */
  #equal: { readonly here: Int32Array; readonly most: Int32Array } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the first `length` characters of the text are repeated at this position. */
  isAt(position: number, length: number): boolean {
    return position + length <= this.#text.length && (this.#counted().here[position] ?? 0) >= length;
  }

  /** Whether the first `length` characters are repeated anywhere from this position on. */
  isBehind(position: number, length: number): boolean {
    return (this.#counted().most[position] ?? 0) >= length;
  }

  #counted(): { readonly here: Int32Array; readonly most: Int32Array } {
    this.#equal ??= countEqual(this.#text);
    return this.#equal;
  }
}

function countEqual(text: string): { readonly here: Int32Array; readonly most: Int32Array } {
  const here = new Int32Array(text.length);
  // The part of the text that ends at `to` and repeats the beginning. What is known about the beginning is true for this part too.
  let from = 0;
  let to = 0;
  for (let at = 1; at < text.length; at += 1) {
    let equal = at < to ? Math.min(to - at, here[at - from] ?? 0) : 0;
    while (at + equal < text.length && text[equal] === text[at + equal]) equal += 1;
    if (at + equal > to) [from, to] = [at, at + equal];
    here[at] = equal;
  }
  const most = here.slice();
  for (let at = text.length - 2; at >= 0; at -= 1) most[at] = Math.max(most[at] ?? 0, most[at + 1] ?? 0);
  return { here, most };
}
