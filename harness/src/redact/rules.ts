/** Rules that say what is kept. A member without a rule is left out, and a value without its rule's form is replaced by null. */
import { asJsonObject } from "../domain/json-object.ts";

export type Rule = (value: unknown) => unknown;

export const number: Rule = (value) => (typeof value === "number" ? value : null);
export const boolean: Rule = (value) => (typeof value === "boolean" ? value : null);

/** ISO 8601 in UTC. */
export const time = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/);

export function matching(pattern: RegExp): Rule {
  return (value) => (typeof value === "string" && pattern.test(value) ? value : null);
}

export function oneOf(...words: readonly string[]): Rule {
  return (value) => (typeof value === "string" && words.includes(value) ? value : null);
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

export function members(rules: Readonly<Record<string, Rule>>): Rule {
  const known = new Map(Object.entries(rules));
  return (value) => {
    const object = asJsonObject(value);
    if (object === null) return null;
    return Object.fromEntries(
      Object.entries(object).flatMap(([name, one]) => {
        const rule = known.get(name);
        return rule === undefined ? [] : [[name, one === null ? null : rule(one)]];
      }),
    );
  };
}
