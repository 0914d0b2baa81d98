/** Finds the members of a log event that a tool exported as JSON. Tools use different names for the same member. */
import { isStreamName } from "../../../logs/stream-name.ts";
import { jsonOf, type JsonObject } from "../../../domain/json-object.ts";

export function firstOf(value: JsonObject, names: readonly string[]): unknown {
  for (const name of names) if (value[name] !== undefined && value[name] !== null) return value[name];
  return undefined;
}

/** Returns null if the member is absent, empty or no text. */
export function textOf(value: JsonObject | null, names: readonly string[]): string | null {
  const found = value === null ? undefined : firstOf(value, names);
  return typeof found === "string" && found !== "" ? found : null;
}

/** Some exporters parse a JSON message into an object. Returns null if that object is nested too deeply. */
export function messageOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? jsonOf(value) : null;
}

/** Logs Insights writes the account before the name: `123456789012:/aws/lambda/name`. */
export function groupName(text: string | null): string | null {
  return text?.replace(/^\d{12}:/, "") ?? null;
}

/** Labels and tags have arbitrary names, so the form of their values decides. */
export function streamAndGroupIn(texts: readonly unknown[]): {
  readonly stream: string | null;
  readonly group: string | null;
} {
  const all = texts.filter((text) => typeof text === "string");
  const group = all.find((text) => /^(?:\d{12}:)?\/aws\/lambda\/[^/]+$/.test(text)) ?? null;
  return { stream: all.find(isStreamName) ?? null, group: groupName(group) };
}
