/** Rows of a CSV as the CloudWatch console downloads it: quoted values may hold line ends and doubled quotes. Fed line by line. */
export class CsvRows {
  readonly #row: (values: readonly string[]) => void;
  readonly #limit: number;
  #open: string | null = null;

  constructor(row: (values: readonly string[]) => void, limit: number) {
    this.#row = row;
    this.#limit = limit;
  }

  line(line: string): void {
    const text = this.#open === null ? line : `${this.#open}\n${line}`;
    // An odd number of quotes: the value goes on in the next line.
    const whole = (text.split('"').length - 1) % 2 === 0;
    if (!whole && text.length < this.#limit) {
      this.#open = text;
      return;
    }
    this.#open = null;
    this.#row(valuesOf(text));
  }

  finish(): void {
    if (this.#open !== null) this.#row(valuesOf(this.#open));
    this.#open = null;
  }
}

/** The names in a first line that is the head of such a file; null where it is none. */
export function csvHead(line: string): readonly string[] | null {
  const names = valuesOf(line.replace(/^\uFEFF/, ""));
  const has = (name: string): boolean => names.includes(name) || names.includes(`@${name}`);
  return has("timestamp") && has("message") ? names : null;
}

function valuesOf(text: string): string[] {
  const values: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    values.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    // An empty value at the very start moves nothing on.
    if (match[0] === "") pattern.lastIndex += 1;
    if (pattern.lastIndex >= text.length && !text.endsWith(",")) break;
  }
  return values;
}
