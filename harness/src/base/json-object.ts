/** Reads JSON that comes from outside, and checks its objects and texts. Nothing here throws for a text or for a value read from JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

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

export function parseJsonObject(text: string): JsonObject | null {
  return asJsonObject(parseJson(text));
}

/** Returns null for an empty text. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Null if the value is nested too deeply: JSON.parse reads any depth, but JSON.stringify has a limit. */
export function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The levels of lists and mappings that a user's event may have. No real event is nested so deeply. */
export const EVENT_LEVELS_MAX = 200;

/** A manifest contains the event. */
const LEVELS_MAX = EVENT_LEVELS_MAX + 10;

/**
 * Whether lists and objects are inside each other on too many levels. JSON.parse reads any depth, but what is done with the value later,
 * such as JSON.stringify or a comparison, would end the process.
 */
export function isNestedTooDeeply(value: unknown, levels = LEVELS_MAX): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isNestedTooDeeply(member, levels - 1));
}

const SHOWN_MAX = 80;

/** Returns a text that shows a wrong value in a sentence. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = jsonOf(value) ?? "lists and objects that are nested too deeply to show";
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
