/**
 * Compares an answer with a recorded shape. `<uuid:1>` matches any UUID. Placeholders with the same number must match the same
 * value, and placeholders with different numbers must match different values. `{"$json": …}` matches a string that contains that JSON. Everything
 * else must be equal.
 */
import { expect } from "chai";

const KINDS: Readonly<Record<string, RegExp>> = {
  any: /[^]*/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+0000$/,
  epoch: /^\d+(\.\d+)?$/,
  sha256: /^[A-Za-z0-9+/]{43}=$/,
  number: /^\d+$/,
  url: /^http:\/\/127\.0\.0\.1:\d+\//,
};

export class Shapes {
  readonly #known = new Map<string, unknown>();

  /** Returns the value that a recorded placeholder has in this session, for the input of a later call. */
  filled(value: unknown): unknown {
    if (typeof value === "string") return this.#known.has(value) ? this.#known.get(value) : value;
    if (Array.isArray(value)) return value.map((item) => this.filled(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.filled(item)]));
  }

  /** Throws if `found` differs from the recorded shape. */
  check(found: unknown, recorded: unknown): void {
    expect(found).to.deep.equal(this.#expected(found, recorded));
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

  #value(found: unknown, recorded: string): unknown {
    const kind = /^<([a-z0-9]+)(?::\d+)?>$/.exec(recorded);
    if (kind === null) return recorded;
    if (
      (typeof found !== "string" && typeof found !== "number") ||
      KINDS[kind[1] ?? ""]?.test(String(found)) !== true
    )
      return recorded;
    if (!recorded.includes(":")) return found;
    const known = this.#known.get(recorded);
    if (known !== undefined) return known;
    const taken = [...this.#known].find(([, value]) => value === found)?.[0];
    if (taken !== undefined) return `${recorded}, which is another one than ${taken}`;
    this.#known.set(recorded, found);
    return found;
  }
}
