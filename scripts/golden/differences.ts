/**
 * Compares two results of the same evidence. A later version may change the wording (`text`), the schema and tool versions, and may add
 * members.
 */
import { isJsonObject, type JsonObject } from "../../harness/src/base/json-object.ts";

export interface ResultDifference {
  /** For example `functions[0].harm.total`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Shown in place of a member that the newer result does not have. */
export const MISSING = Symbol("missing");

const MAY_DIFFER: ReadonlySet<string> = new Set(["text", "schemaVersion", "toolVersion"]);

export function differences(expected: unknown, actual: unknown, path = ""): readonly ResultDifference[] {
  if (Array.isArray(expected) && Array.isArray(actual)) return ofArrays(expected, actual, path);
  if (isJsonObject(expected) && isJsonObject(actual)) return ofObjects(expected, actual, path);
  return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
}

function ofObjects(expected: JsonObject, actual: JsonObject, path: string): readonly ResultDifference[] {
  return Object.keys(expected)
    .filter((name) => !MAY_DIFFER.has(name))
    .flatMap((name) => {
      const below = path === "" ? name : `${path}.${name}`;
      return Object.hasOwn(actual, name)
        ? differences(expected[name], actual[name], below)
        : [{ path: below, expected: expected[name], actual: MISSING }];
    });
}

/** The order is a part of the result. */
function ofArrays(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
): readonly ResultDifference[] {
  const length =
    expected.length === actual.length
      ? []
      : [{ path: `${path}.length`, expected: expected.length, actual: actual.length }];
  const common = Math.min(expected.length, actual.length);
  const elements = expected
    .slice(0, common)
    .flatMap((element, index) => differences(element, actual[index], `${path}[${index}]`));
  return [...length, ...elements];
}

export function differenceLine({ path, expected, actual }: ResultDifference): string {
  return `${path === "" ? "(the whole result)" : path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

function shown(value: unknown): string {
  if (value === MISSING) return "no such member";
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
