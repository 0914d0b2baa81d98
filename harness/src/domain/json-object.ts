/** JSON from outside: objects and their texts, checked before they are used. Nothing here throws. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns null if the text is not JSON, or not an object. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return null;
  }
}

export function asJsonObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** Returns null if the value is no text, or an empty one. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
