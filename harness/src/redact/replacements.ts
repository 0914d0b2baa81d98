/**
 * The replacements of one redaction. The same value always gets the same replacement, and two values of one kind never get the same replacement,
 * so that records about the same thing still match. A replacement shows only the form of its value.
 */

/** The first word of a replacement. */
export type ReplacedKind =
  "function" | "host" | "text" | "client" | "peer" | "tenant" | "group" | "version" | "id" | "word";

const HEX = "0123456789abcdef";
/** The number of digits in a UUID, and in the last part of a log stream's name. */
const ID_DIGITS = 32;
/**
 * Ids as Lambda, CloudWatch and functions write them, and also ids that were cut short. A text of fewer than eight digits could be an
 * ordinary word.
 */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{1,4}){1,3}(?:-[0-9a-f]{0,12})?|[0-9a-f]{8,64}/;
const WHOLE_ID = new RegExp(`^(?:${ID.source})$`);
const STREAM = /(\d{4}\/\d{2}\/\d{2}\/)([^[\]\s"]{0,140})\[([^[\]\s"]{1,140})\](\[?)([0-9a-f]{3,32})(\]?)/;
const WHOLE_STREAM = new RegExp(`^${STREAM.source}$`);
const STREAM_OR_ID = new RegExp(`${STREAM.source}|${ID.source}`, "g");
const VERSION = /^(?:\$LATEST|\d{1,5})$/;

export class Replacements {
  readonly #known = new Map<ReplacedKind, Map<string, string>>();
  readonly #digits: readonly ReadonlyMap<string, string>[];

  /** `below(n)` returns a random whole number from 0 to n - 1. */
  constructor(below: (limit: number) => number) {
    this.#digits = Array.from({ length: ID_DIGITS }, () => shuffled(below));
  }

  numbered(kind: ReplacedKind, value: string): string {
    const known = this.#known.get(kind) ?? new Map<string, string>();
    this.#known.set(kind, known);
    let replacement = known.get(value);
    if (replacement === undefined) known.set(value, (replacement = `${kind}-${known.size + 1}`));
    return replacement;
  }

  /** Replaces values ahead of all others of their kind, so that the replacements have the alphabetical order of the values. */
  inOrder(kind: ReplacedKind, values: readonly string[]): void {
    const digits = String(values.length).length;
    const sorted = [...values]
      .sort()
      .map((value, at) => [value, `${kind}-${String(at + 1).padStart(digits, "0")}`] as const);
    this.#known.set(kind, new Map(sorted));
  }

  /** An empty text stays empty: it shows nothing, and its emptiness may matter. */
  text(value: string): string {
    return value === "" ? "" : this.numbered("text", value);
  }

  /** Replaces a log stream and keeps its date and version. Any other text gets a number. */
  stream(value: string): string {
    return WHOLE_STREAM.test(value) ? this.#stream(value) : this.numbered("group", value);
  }

  #stream(value: string): string {
    return value.replace(
      WHOLE_STREAM,
      (_, date: string, name: string, version: string, open: string, digits: string, close: string) =>
        `${date}${name === "" ? "" : this.numbered("function", name)}[${this.version(version)}]${open}${this.#id(digits)}${close}`,
    );
  }

  version(value: string): string {
    return VERSION.test(value) ? value : this.numbered("version", value);
  }

  /** Replaces a request id or a boot id and keeps its form. An id of another form gets a number. */
  id(value: string): string {
    return WHOLE_ID.test(value) ? this.#id(value) : this.numbered("id", value);
  }

  /** Replaces ids and log streams in the name that a client gave itself, and all other text by numbers. */
  client(value: string): string {
    const parts: string[] = [];
    let from = 0;
    const between = (text: string): string => (text === "" ? "" : `${this.numbered("client", text)} `);
    for (const match of value.matchAll(STREAM_OR_ID)) {
      parts.push(between(value.slice(from, match.index)));
      parts.push(WHOLE_STREAM.test(match[0]) ? this.#stream(match[0]) : this.id(match[0]));
      from = match.index + match[0].length;
    }
    return from === 0
      ? this.numbered("client", value)
      : parts.join("") + between(value.slice(from)).trimEnd();
  }

  address(value: string): string {
    const [, host = value, port = ""] = /^(.*)(:\d{1,5})$/.exec(value) ?? [];
    return `${this.numbered("host", host)}${port}`;
  }

  /** Replaces the digits one by one. So the replacement of an id that was cut short is the beginning of the whole id's replacement. */
  #id(id: string): string {
    let at = 0;
    return [...id]
      .map((digit) => (digit === "-" ? digit : (this.#digits[at++ % ID_DIGITS]?.get(digit) ?? digit)))
      .join("");
  }
}

function shuffled(below: (limit: number) => number): ReadonlyMap<string, string> {
  const digits = [...HEX];
  return new Map([...HEX].map((digit) => [digit, digits.splice(below(digits.length), 1)[0] ?? digit]));
}
