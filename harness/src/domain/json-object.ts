/** Reads JSON that comes from outside, and checks its objects and texts. Nothing here throws. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object. Null and lists are JSON values, but not objects. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asJsonObject(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

/** Returns undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns null if the text is not JSON, or not an object. */
export function parseJsonObject(text: string): JsonObject | null {
  return asJsonObject(parseJson(text));
}

/** Returns the value if it is a text that is not empty, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
