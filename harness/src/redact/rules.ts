/**
 * Rules that say what is kept: each member of a record has the rule of its class (a number, a time, a word of a closed list, a replaced text). A
 * member without a rule is left out, and a value that does not fit the rule is replaced by null. No rule keeps a text because it looks harmless.
 */
import { asJsonObject } from "../base/json-object.ts";

export type Rule = (value: unknown) => unknown;

/** Three years in milliseconds. A measured value, a count or a number given by a user is smaller; a longer number could be anything. */
const NUMBER_MAX = 1e11;
const DECIMALS = 4;
/** The year 2286. */
const INSTANT_MAX = 1e13;

/** A measured value or a count. */
export const number: Rule = (value) =>
  typeof value === "number" && Math.abs(value) < NUMBER_MAX ? Number(value.toFixed(DECIMALS)) : null;
/** Milliseconds since 1970. */
export const instant: Rule = (value) =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) < INSTANT_MAX ? value : null;
export const boolean: Rule = (value) => (typeof value === "boolean" ? value : null);

/** ISO 8601 in UTC. */
export const time = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/);

export function matching(pattern: RegExp): Rule {
  return (value) => (typeof value === "string" && pattern.test(value) ? value : null);
}

export function oneOf(...words: readonly string[]): Rule {
  return (value) => (typeof value === "string" && words.includes(value) ? value : null);
}

export function equal(...constants: readonly unknown[]): Rule {
  return (value) => (constants.includes(value) ? value : null);
}

export function replaced(by: (text: string) => string): Rule {
  return (value) => (typeof value === "string" ? by(value) : null);
}

export function either(first: Rule, second: Rule): Rule {
  return (value) => first(value) ?? second(value);
}

export function list(rule: Rule): Rule {
  return (value) => (Array.isArray(value) ? value.map(rule) : null);
}

/** A member whose rule is null is left out, as is one without a rule. */
export function members(rules: Readonly<Record<string, Rule | null>>): Rule {
  const known = new Map(Object.entries(rules));
  return (value) => {
    const object = asJsonObject(value);
    if (object === null) return null;
    return Object.fromEntries(
      Object.entries(object).flatMap(([name, one]) => {
        const rule = known.get(name);
        return rule == null ? [] : [[name, one === null ? null : rule(one)]];
      }),
    );
  };
}
