/**
 * What a redacted copy must have unchanged of a value, such as the result of a run: the members that its schema declares as kept. Lists are
 * sorted, because an order may depend on names that the copy replaces.
 */
import type { z } from "zod";
import type { Listed } from "../base/listed.ts";
import { asJsonObject } from "../base/json-object.ts";
import { membersOf, VALUE_CLASSES, type Redaction } from "../record/schema/member.ts";
import { number } from "./rules.ts";

export function keptPart(schema: z.core.$ZodType, value: unknown): unknown {
  const members = membersOf(schema);
  if (members !== null) {
    const object = asJsonObject(value);
    return Object.entries(members).flatMap(([name, one]) =>
      isKept(one.redaction) && object?.[name] !== undefined
        ? [[name, keptPart(one.schema, object[name])]]
        : [],
    );
  }
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "nullable" || def.type === "optional") return keptPart(def.innerType, value);
  if (def.type === "array" && isList(value))
    return value.map((one) => JSON.stringify(keptPart(def.element, one))).sort();
  return typeof value === "number" ? number(value) : value;
}

function isKept(redaction: Redaction): boolean {
  return redaction === "kept" || (redaction !== "dropped" && VALUE_CLASSES[redaction] === "kept");
}

/** A long list of a result is no array. */
function isList(value: unknown): value is Listed<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
