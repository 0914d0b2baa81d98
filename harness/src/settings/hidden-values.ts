/**
 * The values of `--env` (and of `env` in a profile file) that are not shown or stored: in a text, the name of the variable is written in
 * their place. docs/your-handler.md#values-of-variables says which values are hidden.
 */
import { withoutParts, type HiddenPart } from "../base/hidden-text.ts";
import { PEER_PROTOCOL, PEER_VARIABLES } from "../words/peer-variables.ts";
import { asJsonObject, parseJsonObject } from "../base/json-object.ts";
import { CLIENT_PROTOCOLS } from "../catalogue/protocols/all-protocols.ts";
import { hostPort, type KeyValue, type LinkChoice, type OfPeer } from "./value-parsers.ts";

const LENGTH_MIN = 6;
/** Shorter numbers are ports, counts and times, and would also hide parts of other numbers. */
const DIGITS_MIN = 10;
const LINE_LENGTH_MIN = 16;
/** `user:PASSWORD@host`, in a URL or a DSN. */
const USER_INFO = /^(?:[a-z][a-z0-9+.-]{0,40}:\/\/)?[^:/@\s]*:(.+)@/is;
/** `Password=…;` as in ADO, and `password=…` as in libpq's DSNs and in the query of a URL. */
const NAMED = /(?:password|passwd|pwd|secret|token|key)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^;&\s"']+))/gi;

/** In JSON, in JSON inside JSON, in a URL. */
const ENDS_WITH_ESCAPE = /(?:\\[bfnrt]|\\u[0-9a-f]{4}|%[0-9a-f]{2})$/i;
const ESCAPE_LENGTH = 6;

interface HiddenForm {
  readonly text: string;
  readonly name: string;
}

export class HiddenValues {
  #variables: readonly KeyValue[] = [];
  #links: readonly LinkChoice[] = [];
  #values: readonly HiddenForm[] = [];

  /** `links` say which variables have a peer's address. Addresses are shown, because connections are found by them. */
  add(variables: readonly KeyValue[] = [], links: readonly OfPeer<LinkChoice>[] = []): void {
    this.#variables = [...this.#variables, ...variables];
    this.#links = [...this.#links, ...links.map(({ value }) => value)];
    const values = this.#variables
      .filter((one) => !this.#isAddress(one))
      .flatMap(({ key, value }) =>
        secretsIn(value)
          .flatMap(formsOf)
          .map((text) => ({ text, name: key })),
      );
    this.#values = [...new Map(values.map((one) => [one.text, one])).values()];
  }

  /** Whether the value, or a part of it, is hidden. */
  hides(value: string): boolean {
    return this.find(value).length > 0;
  }

  hide(text: string): string {
    return withoutParts(text, this.find(text));
  }

  /** Values that touch or overlap become one part, so that no rest of a value is left. */
  readonly find = (text: string): readonly HiddenPart[] => {
    const found: HiddenPart[] = [];
    for (const { text: value, name } of this.#values)
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1))
        found.push({ from: at, to: at + value.length, name });
    const parts: HiddenPart[] = [];
    for (const part of found.sort((a, b) => (a.from === b.from ? b.to - a.to : a.from - b.from))) {
      const last = parts.at(-1);
      if (last === undefined || part.from >= last.to) parts.push(part);
      else if (part.to > last.to) parts[parts.length - 1] = { ...last, to: part.to };
    }
    return parts.filter(
      (part, index) => !isPartOfWord(text, part, parts[index - 1]?.to, parts[index + 1]?.from),
    );
  };

  #isAddress({ key, value }: KeyValue): boolean {
    const { host, port } = PEER_VARIABLES;
    const pairs = [{ hostVariable: host, portVariable: port }, ...this.#links];
    if (key === PEER_PROTOCOL && CLIENT_PROTOCOLS.some(({ name }) => name === value)) return true;
    return pairs.some((link) => {
      if ("hostVariable" in link) return key === link.hostVariable || key === link.portVariable;
      return "variable" in link && key === link.variable && hostPort(value).ok;
    });
  }
}

/**
 * A value of letters alone can be an ordinary word, and is then part of longer ones. Behind an escape such as `\n`, and beside another value,
 * a word begins.
 */
function isPartOfWord(
  text: string,
  { from, to }: HiddenPart,
  before: number | undefined,
  after: number | undefined,
): boolean {
  if (!/^\p{L}+$/u.test(text.slice(from, to))) return false;
  const beginning = text.slice(Math.max(0, from - ESCAPE_LENGTH), from);
  return (
    (before !== from && /[\p{L}\p{N}]$/u.test(beginning) && !ENDS_WITH_ESCAPE.test(beginning)) ||
    (after !== to && /^[\p{L}\p{N}]/u.test(text.slice(to, to + 2)))
  );
}

/** The value itself, the password in it, the texts of a JSON object, and the lines of a text such as a key. */
function secretsIn(value: string): readonly string[] {
  const [, password = ""] = USER_INFO.exec(value) ?? [];
  const named = [...value.matchAll(NAMED)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? "",
  );
  const members = Object.values(asJsonObject(parseJsonObject(value)) ?? {}).filter(
    (one): one is string => typeof one === "string",
  );
  const lines = value.includes("\n")
    ? value.split("\n").filter((line) => line.length >= LINE_LENGTH_MIN)
    : [];
  const parts = [value, password, ...named, ...members, ...lines].map((one) => one.trim());
  return [...parts, ...parts.map(decoded)].filter(isSecret);
}

function isSecret(text: string): boolean {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text.length >= DIGITS_MIN;
  return text.length >= LENGTH_MIN;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The forms that the text has in JSON, in JSON inside JSON, and in a URL. */
function formsOf(text: string): readonly string[] {
  const json = quoted(text);
  const ascii = json.replace(
    /[^\0-\x7f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const url = percentEncoded(text);
  return [
    ...[text, json, ascii, quoted(json), quoted(ascii), json.replaceAll("/", "\\/")],
    ...[url, url.replaceAll("%20", "+")].flatMap((one) => [
      one,
      one.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ]),
  ];
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair cannot be encoded.
    return text;
  }
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
