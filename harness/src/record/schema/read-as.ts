/**
 * Makes the check of a schema, which reads files of millions of lines. It is several times faster than the schema's own `safeParse`, which
 * copies every object; harness/test/record/schema compares the two.
 */
import type { z } from "zod";
import { isJsonObject, type JsonObject } from "../../base/json-object.ts";
import { member, membersOf, record, type DeclaredMembers, type Member, type Recorded } from "./member.ts";

/** Returns whether the value fits. Members that the schema does not know are ignored. */
export type Fits = (value: unknown) => boolean;

/** A function that returns the value unchanged, or null if it does not fit. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
): (value: unknown) => Recorded<Schema> | null {
  const fits = fitsOf(schema);
  return (value) => (fits(value) ? (value as Recorded<Schema>) : null);
}

/**
 * For files that other programs write too. A member that no reader depends on (`checked: false`), or a member inside it, that has another form
 * is read as its declaration says (`otherwise`), else as null if it may be null, else as absent.
 */
export function readMended<Schema extends z.ZodType>(
  schema: Schema,
): (value: unknown) => Recorded<Schema> | null {
  const fits = fitsOf(schema);
  const members = membersOf(schema) ?? {};
  const checked = Object.entries(members).map(([name, one]) => [name, member(one.redaction, one.schema)]);
  const wholeFits = fitsOf(record(Object.fromEntries(checked) as DeclaredMembers));
  const mended = mendedBy(members, false);
  return (value) => {
    if (wholeFits(value)) return value as Recorded<Schema>;
    return fits(value) ? (mended(value as JsonObject) as Recorded<Schema>) : null;
  };
}

/** `free`: no reader depends on any of the members. */
function mendedBy(members: DeclaredMembers, free: boolean): (value: JsonObject) => JsonObject {
  const readers = Object.entries(members).map(([name, one]) => ({
    name,
    read: free || one.checked === false ? freely(one) : null,
  }));
  return (value) => {
    const copy: Record<string, unknown> = {};
    for (const one of readers) {
      const found = one.read === null ? value[one.name] : one.read(value[one.name]);
      if (found !== undefined) copy[one.name] = found;
    }
    return copy;
  };
}

function freely({ schema, otherwise }: Member): (value: unknown) => unknown {
  const fits = fitsOf(schema);
  const instead = otherwise ?? (fits(null) ? null : undefined);
  const members = membersOf(withoutAbsence(schema));
  if (members === null) return (value) => (fits(value) ? value : instead);
  const mended = mendedBy(members, true);
  return (value) => (isJsonObject(value) ? mended(value) : instead);
}

function withoutAbsence(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === "nullable" || def.type === "optional" ? withoutAbsence(def.innerType) : schema;
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
