/** Reads the rows of a CSV line by line. Quoted values can contain line ends and doubled quotes. */
export type Separator = "," | ";" | "\t";

export class CsvRows {
  readonly #row: (values: readonly string[]) => void;
  readonly #separator: Separator;
  readonly #limit: number;
  #open: string | null = null;
  #quotes = 0;

  constructor(
    row: (values: readonly string[]) => void,
    { separator, limit }: { readonly separator: Separator; readonly limit: number },
  ) {
    this.#row = row;
    this.#separator = separator;
    this.#limit = limit;
  }

  line(line: string): void {
    const text = this.#open === null ? line : `${this.#open}\n${line}`;
    this.#quotes += line.split('"').length - 1;
    if (this.#quotes % 2 === 1 && text.length < this.#limit) {
      this.#open = text;
      return;
    }
    this.#end(text);
  }

  finish(): void {
    if (this.#open !== null) this.#end(this.#open);
  }

  #end(text: string): void {
    this.#open = null;
    this.#quotes = 0;
    this.#row(csvValues(text, this.#separator));
  }
}

export function csvValues(text: string, separator: Separator): readonly string[] {
  const values: string[] = [];
  for (let at = 0; ;) {
    const quoted = text[at] === '"' ? quotedAt(text, at) : null;
    const from = quoted?.end ?? at;
    const next = text.indexOf(separator, from);
    const end = next === -1 ? text.length : next;
    values.push(quoted === null ? text.slice(at, end) : quoted.value + text.slice(from, end));
    if (next === -1) return values;
    at = next + 1;
  }
}

/** `end` is the position after the closing quote, or the end of the text if there is no closing quote. */
function quotedAt(text: string, from: number): { readonly value: string; readonly end: number } {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return { value: text.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 };
  }
  return { value: text.slice(from + 1).replaceAll('""', '"'), end: text.length };
}
