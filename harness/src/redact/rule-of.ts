/** Makes the rule of a file of the run directory from the schema of the file, in which each member has a class. */
import type { z } from "zod";
import { invariant } from "../base/invariant.ts";
import { asJsonObject } from "../base/json-object.ts";
import { membersOf, type Redaction } from "../record/schema/member.ts";
import { optionsByWord } from "../record/schema/read-as.ts";
import { boolean, either, equal, instant, list, members, number, oneOf, type Rule } from "./rules.ts";
import type { ValueRules } from "./value-rules.ts";

export function ruleOf(schema: z.core.$ZodType, values: ValueRules, redaction: Redaction = "kept"): Rule {
  const known = membersOf(schema);
  if (known !== null)
    return members(
      Object.fromEntries(
        Object.entries(known).flatMap(([name, one]) =>
          one.redaction === "dropped" ? [] : [[name, ruleOf(one.schema, values, one.redaction)]],
        ),
      ),
    );
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      invariant(redaction !== "kept" && redaction !== "dropped", "a text needs a class");
      return values[redaction];
    case "number":
      return redaction === "instant" ? instant : number;
    case "boolean":
      return boolean;
    case "enum":
      return oneOf(...Object.values(def.entries).map(String));
    case "literal":
      return equal(...def.values);
    case "nullable":
    case "optional":
      return ruleOf(def.innerType, values, redaction);
    case "array":
      return list(ruleOf(def.element, values, redaction));
    case "custom":
      return values.instant;
    case "union":
      if ("discriminator" in def) return ruleByWord(def as z.core.$ZodDiscriminatedUnionDef, values);
      return def.options.map((one) => ruleOf(one, values, redaction)).reduce(either);
    default:
      throw new Error(`no rule for ${def.type}`);
  }
}

/** Null for a record with an unknown word. */
function ruleByWord(def: z.core.$ZodDiscriminatedUnionDef, values: ValueRules): Rule {
  const byWord = new Map(
    optionsByWord(def).flatMap(([words, option]) => {
      const rule = ruleOf(option, values);
      return words.map((word) => [word, rule] as const);
    }),
  );
  return (value) => byWord.get(asJsonObject(value)?.[def.discriminator])?.(value) ?? null;
}
