/**
 * JSON selectors of filter patterns: `{ ($.level = "ERROR" || $.a.b[0] >= 3) && $.c NOT EXISTS }`. A message that is not JSON never matches.
 * `*` in a text matches any characters. Pure. The recursion of the parser is bounded, because a pattern has at most 1024 characters.
 */
import { invalidPattern } from "./logs-error.ts";

type Test = (value: unknown) => boolean;
type SelectorStep = string | number;

export function jsonSelector(pattern: string): (message: string) => boolean {
  if (!pattern.endsWith("}")) throw invalidPattern();
  const reader = new SelectorReader(pattern.slice(1, -1));
  const test = reader.disjunction();
  reader.end();
  return (message) => {
    let value: unknown;
    try {
      value = JSON.parse(message);
    } catch {
      return false;
    }
    return typeof value === "object" && value !== null && test(value);
  };
}

class SelectorReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    if (this.#take(/\s*$/y) === null) throw invalidPattern();
  }

  disjunction(): Test {
    const tests = [this.#conjunction()];
    while (this.#take(/\s*\|\|/y) !== null) tests.push(this.#conjunction());
    return (value) => tests.some((test) => test(value));
  }

  #conjunction(): Test {
    const tests = [this.#single()];
    while (this.#take(/\s*&&/y) !== null) tests.push(this.#single());
    return (value) => tests.every((test) => test(value));
  }

  #single(): Test {
    if (this.#take(/\s*\(/y) === null) return this.#comparison();
    const test = this.disjunction();
    if (this.#take(/\s*\)/y) === null) throw invalidPattern();
    return test;
  }

  #comparison(): Test {
    const steps = this.#path();
    const word = this.#take(/\s*(IS\s+NULL|IS\s+TRUE|IS\s+FALSE|NOT\s+EXISTS)\b/iy)?.[1]
      ?.toUpperCase()
      .replace(/\s+/g, " ");
    if (word === "NOT EXISTS") return (value) => at(value, steps) === undefined;
    if (word === "IS NULL") return (value) => at(value, steps) === null;
    if (word !== undefined) return (value) => at(value, steps) === (word === "IS TRUE");
    const operator = this.#take(/\s*(<=|>=|!=|=|<|>)/y)?.[1];
    if (operator === undefined) throw invalidPattern();
    const literal = this.#take(/\s*(?:"((?:[^"\\]|\\.)*)"|([^\s()&|"]+))/y);
    if (literal === null) throw invalidPattern();
    const [, quoted, plain] = literal;
    const number =
      quoted === undefined && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain ?? "") ? Number(plain) : null;
    if (number !== null) return (value) => compareNumbers(operator, at(value, steps), number);
    if (operator !== "=" && operator !== "!=") throw invalidPattern();
    const matches = wildcard(quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
    return (value) => {
      const found = at(value, steps);
      if (typeof found !== "string") return false;
      return matches(found) === (operator === "=");
    };
  }

  #path(): readonly SelectorStep[] {
    if (this.#take(/\s*\$/y) === null) throw invalidPattern();
    const steps: SelectorStep[] = [];
    for (;;) {
      const step = this.#take(/\.([A-Za-z0-9_-]+)|\[(\d{1,6})\]|\[["']([^"'\]]+)["']\]/y);
      if (step === null) break;
      steps.push(step[1] ?? step[3] ?? Number(step[2]));
    }
    if (steps.length === 0) throw invalidPattern();
    return steps;
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#text);
    if (match !== null) this.#at = expression.lastIndex;
    return match;
  }
}

function at(value: unknown, steps: readonly SelectorStep[]): unknown {
  let found: unknown = value;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<SelectorStep, unknown>)[step];
  }
  return found;
}

function compareNumbers(operator: string, found: unknown, number: number): boolean {
  if (typeof found !== "number") return false;
  switch (operator) {
    case "=":
      return found === number;
    case "!=":
      return found !== number;
    case "<":
      return found < number;
    case "<=":
      return found <= number;
    case ">":
      return found > number;
    default:
      return found >= number;
  }
}

/**
 * Returns a test for texts that match a pattern with `*`. The test takes linear time, unlike a regular expression made from a caller's text.
 */
function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split("*");
  if (parts.length === 1) return (text) => text === pattern;
  const [head = "", ...rest] = parts;
  const tail = rest.pop() ?? "";
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length)
      return false;
    let from = head.length;
    for (const part of rest) {
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > text.length - tail.length) return false;
      from = found + part.length;
    }
    return true;
  };
}
