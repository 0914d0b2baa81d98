/**
 * Makes the check of a schema, which reads files of millions of lines. It is several times faster than the schema's own `safeParse`, which
 * copies every object; harness/test/domain/record compares the two.
 */
import type { z } from "zod";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import { membersOf, type Recorded } from "./member.ts";

/** Returns whether the value fits. Members that the schema does not know are ignored. */
export type Fits = (value: unknown) => boolean;

/** A function that returns the value unchanged, or null if it does not fit. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
): (value: unknown) => Recorded<Schema> | null {
  const fits = fitsOf(schema);
  return (value) => (fits(value) ? (value as Recorded<Schema>) : null);
}

export function fitsOf(schema: z.core.$ZodType): Fits {
  const members = membersOf(schema);
  if (members !== null) {
    const checks = Object.entries(members).flatMap(([name, one]) =>
      one.checked === false ? [] : [[name, fitsOf(one.schema)] as const],
    );
    return (value) => isJsonObject(value) && hasMembers(value, checks);
  }
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return def.checks === undefined
        ? (value) => typeof value === "string"
        : (value) => (schema as z.ZodString).safeParse(value).success;
    case "number":
      // JSON.parse reads a number such as 1e400 as Infinity, with which sums and counts have no meaning.
      return def.checks === undefined
        ? (value) => Number.isFinite(value)
        : (value) => (schema as z.ZodNumber).safeParse(value).success;
    case "boolean":
      return (value) => typeof value === "boolean";
    case "enum":
      return isOneOf(Object.values(def.entries));
    case "literal":
      return isOneOf(def.values);
    case "nullable": {
      const inner = fitsOf(def.innerType);
      return (value) => value === null || inner(value);
    }
    case "optional": {
      const inner = fitsOf(def.innerType);
      return (value) => value === undefined || inner(value);
    }
    case "array": {
      const element = fitsOf(def.element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case "custom":
      return def.fn as Fits;
    case "union": {
      if ("discriminator" in def) return fitsByWord(def as z.core.$ZodDiscriminatedUnionDef);
      const options = def.options.map(fitsOf);
      return (value) => options.some((fits) => fits(value));
    }
    default:
      return (value) => (schema as z.ZodType).safeParse(value).success;
  }
}

function fitsByWord(def: z.core.$ZodDiscriminatedUnionDef): Fits {
  const byWord = new Map(
    optionsByWord(def).flatMap(([words, option]) => {
      const fits = fitsOf(option);
      return words.map((word) => [word, fits] as const);
    }),
  );
  return (value) => isJsonObject(value) && (byWord.get(value[def.discriminator])?.(value) ?? false);
}

/** The options of a union whose members are told apart by a word, with their words. */
export function optionsByWord({
  discriminator,
  options,
}: z.core.$ZodDiscriminatedUnionDef): readonly (readonly [
  words: readonly unknown[],
  option: z.core.$ZodType,
])[] {
  return options.map((option) => [[...(option._zod.propValues?.[discriminator] ?? [])], option]);
}

function isOneOf(words: readonly unknown[]): Fits {
  return (value) => words.includes(value);
}

function hasMembers(value: JsonObject, checks: readonly (readonly [string, Fits])[]): boolean {
  // There is no destructuring here, because it is slower and this code runs for each line.
  for (const check of checks) if (!check[1](value[check[0]])) return false;
  return true;
}
