/** Says which members of a file do not fit its schema. For files that users write or change: a line of a log is only counted. */
import type { z } from "zod";
import { choiceInWords } from "../../base/choice-in-words.ts";
import { asJsonObject, shown } from "../../base/json-object.ts";
import { membersOf, type Member } from "./member.ts";
import { fitsOf } from "./read-as.ts";

/** Returns one sentence for each wrong member, such as `profile.settleMs: expected a length of time in milliseconds, found "soon"`. */
export function memberProblems(schema: z.core.$ZodType, value: unknown, prefix = ""): readonly string[] {
  const found = asJsonObject(value);
  return Object.entries(membersOf(schema) ?? {}).flatMap(([name, one]) =>
    one.checked === false ? [] : problemsOf(one, found?.[name], `${prefix}${name}`),
  );
}

interface Expected extends Pick<Member, "expected"> {
  readonly schema: z.core.$ZodType;
}

function problemsOf({ schema, expected }: Expected, value: unknown, path: string): readonly string[] {
  if (fitsOf(schema)(value)) return [];
  if (expected === undefined) {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    if (membersOf(schema) !== null) return memberProblems(schema, value, `${path}.`);
    if (def.type === "array" && Array.isArray(value) && membersOf(def.element) !== null)
      return value.flatMap((one, index) => memberProblems(def.element, one, `${path}[${index}].`));
  }
  return [`${path}: expected ${expected ?? choiceInWords(wordsOf(schema))}, found ${shown(value)}`];
}

/** What a schema accepts, in words: the words of a closed list, or what kind of value it is. */
export function wordsOf(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return ["a string"];
    case "number":
      return ["a number"];
    case "boolean":
      return ["true", "false"];
    case "enum":
      return Object.values(def.entries).map(String);
    case "literal":
      return def.values.map(String);
    case "nullable":
      return [...wordsOf(def.innerType), "null"];
    case "optional":
      return wordsOf(def.innerType);
    case "array":
      return [wordsOf(def.element).join() === "a string" ? "a list of strings" : "a list"];
    case "union":
      return def.options.flatMap(wordsOf);
    case "custom":
      return ["a number"];
    case "unknown":
      return ["any value"];
    default:
      return ["an object"];
  }
}
