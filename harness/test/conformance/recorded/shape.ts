/**
 * Compares an answer with a recorded shape. A placeholder such as `<uuid>` matches any value of its kind. A placeholder with a number,
 * such as `<uuid:1>`, must match the same value everywhere, and two different ones must match different values. A placeholder can be a part
 * of a text, too. `{"$json": …}` matches a string whose whole content is that JSON. Everything else must be equal.
 */
import { AssertionError, expect } from "chai";

const KINDS: Readonly<Record<string, string>> = {
  any: "[^]*",
  uuid: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
  hex: "[0-9a-f]{16,}",
  trace: "1-[0-9a-f]{8}-[0-9a-f]{24}",
  date: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?\+0000`,
  day: String.raw`\d{4}/\d\d/\d\d`,
  iso: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`,
  epoch: String.raw`\d+(?:\.\d+)?`,
  sha256: "[A-Za-z0-9+/]{43}=",
  number: String.raw`\d+`,
  digits: String.raw`\d+`,
  token: String.raw`[^\s"]+`,
  url: String.raw`http://127\.0\.0\.1:\d+/[^]*`,
};
const PLACEHOLDER = /<([a-z0-9]+)(?::\d+)?>/g;

export class Shapes {
  readonly #known = new Map<string, unknown>();

  /** Replaces recorded placeholders with their values in this session, so that the result can be the input of a later call. */
  filled(value: unknown): unknown {
    if (typeof value === "string")
      return (
        this.#known.get(value) ?? value.replaceAll(PLACEHOLDER, (one) => textOf(this.#known.get(one)) ?? one)
      );
    if (Array.isArray(value)) return value.map((item) => this.filled(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.filled(item)]));
  }

  /** Throws if `found` differs from the recorded shape. */
  check(found: unknown, recorded: unknown): void {
    expect(found).to.deep.equal(this.#expected(found, recorded));
  }

  /**
   * Runs the check. If the check fails, returns what differs, else null. If the check fails, or if `keep` is false, the values of
   * placeholders that the check learned are forgotten.
   */
  difference(check: () => void, { keep }: { readonly keep: boolean } = { keep: true }): string | null {
    const before = [...this.#known];
    const forget = (): void => {
      this.#known.clear();
      for (const [placeholder, value] of before) this.#known.set(placeholder, value);
    };
    try {
      check();
      if (!keep) forget();
      return null;
    } catch (error) {
      forget();
      return differenceText(error);
    }
  }

  /** Checks only the members of the answer that were recorded. */
  checkSome(found: unknown, recorded: Readonly<Record<string, unknown>>): void {
    const members = Object.keys(recorded).map((key) => [key, (found as Record<string, unknown>)[key]]);
    this.check(Object.fromEntries(members), recorded);
  }

  /** Returns the value that `found` must equal. For a placeholder of the right kind this is the found value. */
  #expected(found: unknown, recorded: unknown): unknown {
    if (typeof recorded === "string") return this.#value(found, recorded);
    if (Array.isArray(recorded))
      return recorded.map((item, at) => this.#expected(Array.isArray(found) ? found[at] : undefined, item));
    if (typeof recorded !== "object" || recorded === null) return recorded;
    if ("$json" in recorded) return this.#json(found, recorded.$json);
    const members = (typeof found === "object" && found !== null ? found : {}) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(recorded).map(([key, item]) => [key, this.#expected(members[key], item)]),
    );
  }

  #json(found: unknown, recorded: unknown): unknown {
    const value = JSON.parse(String(found)) as unknown;
    this.check(value, recorded);
    return found;
  }

  /** A placeholder of an unknown kind is compared as plain text, because an earlier request sent the placeholder itself to the engine. */
  #value(found: unknown, recorded: string): unknown {
    const names: string[] = [];
    let pattern = "";
    let from = 0;
    for (const match of recorded.matchAll(PLACEHOLDER)) {
      const kind = KINDS[match[1] ?? ""];
      if (kind === undefined) continue;
      pattern += `${literally(recorded.slice(from, match.index))}(${kind})`;
      from = match.index + match[0].length;
      names.push(match[0]);
    }
    if (names.length === 0 || (typeof found !== "string" && typeof found !== "number")) return recorded;
    const parts = new RegExp(`^${pattern}${literally(recorded.slice(from))}$`).exec(String(found));
    if (parts === null) return recorded;
    const whole = names.length === 1 && names[0] === recorded;
    const values = names.map((name, index) => this.#named(name, whole ? found : parts[index + 1]));
    if (whole) return values[0];
    let at = 0;
    return recorded.replaceAll(PLACEHOLDER, (placeholder, name: string) =>
      KINDS[name] === undefined ? placeholder : String(values[at++]),
    );
  }

  /** Returns the value that a placeholder must have. */
  #named(placeholder: string, found: unknown): unknown {
    if (!placeholder.includes(":")) return found;
    const known = this.#known.get(placeholder);
    if (known !== undefined) return known;
    const taken = [...this.#known].find(([, value]) => value === found)?.[0];
    if (taken !== undefined) return `${placeholder}, which is another one than ${taken}`;
    this.#known.set(placeholder, found);
    return found;
  }
}

/** Returns the value as text; null if it cannot be a part of a text. */
function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Returns the first member in which the compared values differ, with both values; if no values were compared, the error's message. */
function differenceText(error: unknown): string {
  if (!(error instanceof AssertionError)) return error instanceof Error ? error.message : String(error);
  const { actual, expected } = error as { readonly actual?: unknown; readonly expected?: unknown };
  return firstDifference(expected, actual, "") ?? error.message;
}

function firstDifference(expected: unknown, actual: unknown, path: string): string | null {
  if (typeof expected === "object" && expected !== null && typeof actual === "object" && actual !== null) {
    const [wanted, found] = [expected as Record<string, unknown>, actual as Record<string, unknown>];
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
      const difference = firstDifference(wanted[name], found[name], path === "" ? name : `${path}.${name}`);
      if (difference !== null) return difference;
    }
    return null;
  }
  if (expected === actual) return null;
  const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
  return `${path === "" ? "" : `${path}: `}recorded ${shown(expected)}, the engine ${shown(actual)}`;
}
