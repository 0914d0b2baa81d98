/** Kinds of members that results have. */
import { z } from "zod";
import type { Listed } from "../../base/listed.ts";
import { VERDICTS } from "../../words/verdict.ts";
import { typed, type Recorded } from "./member.ts";

export const COUNT = z.int().nonnegative().meta({ id: "count" });
export const COUNT_OR_NULL = COUNT.nullable();
export const INSTANT = z
  .string()
  .regex(/^-?\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
  .meta({ id: "instant" });
export const INSTANT_OR_NULL = INSTANT.nullable().meta({ id: "instantOrNull" });
export const TEXT = z.string();
export const TEXT_OR_NULL = TEXT.nullable();
/** Milliseconds. */
export const LENGTH_OR_NULL = z
  .number()
  .nullable()
  .meta({ id: "lengthOrNull", description: "Milliseconds." });
export const VERDICT = z.enum(VERDICTS).meta({ id: "verdict" });

/** A list that can be too long to be held in memory. */
export function listed<Schema extends z.ZodType>(of: Schema): z.ZodType<Listed<Recorded<Schema>>> {
  return typed(z.array(of));
}
