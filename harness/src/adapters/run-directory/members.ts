/** Checks the members of JSON objects, for each line of files with millions of lines. Therefore no library is used. */
import type { JsonObject } from "../../domain/json-object.ts";
type MemberCheck = (value: unknown) => boolean;
export type Shape = readonly (readonly [member: string, fits: MemberCheck])[];

export const isText = (value: unknown): value is string => typeof value === "string";
export const isTextOrNull: MemberCheck = (value) => value === null || typeof value === "string";
/** JSON.parse reads a number such as 1e400 as Infinity, with which sums and counts have no meaning. */
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isNumberOrNull: MemberCheck = (value) => value === null || isNumber(value);
export const isBoolean: MemberCheck = (value) => typeof value === "boolean";
export const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isText);

export const isOneOf =
  (names: readonly string[]): MemberCheck =>
  (value) =>
    isText(value) && names.includes(value);

export const isNullOr =
  (fits: MemberCheck): MemberCheck =>
  (value) =>
    value === null || fits(value);

export const isAbsentOr =
  (fits: MemberCheck): MemberCheck =>
  (value) =>
    value === undefined || fits(value);

export function hasShape(value: JsonObject, shape: Shape): boolean {
  // There is no destructuring here, because it is slower and this code runs for each line.
  for (const rule of shape) if (!rule[1](value[rule[0]])) return false;
  return true;
}
