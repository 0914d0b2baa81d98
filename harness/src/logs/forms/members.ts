/** Finds the members of a log event that a tool exported as JSON. Tools use different names for the same member. */
import { isStreamName } from "../stream-name.ts";
import { ownedGroup, partsOfGroup } from "../log-group-parts.ts";
import { jsonOf, type JsonObject } from "../../base/json-object.ts";

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

/** The log group of an object, with the account that the object or the object around it names. */
export function groupOf(value: JsonObject, envelope: JsonObject | null = null): string | null {
  const name = textOf(value, GROUP) ?? textOf(envelope, GROUP);
  return ownedGroup(textOf(value, OWNER) ?? textOf(envelope, OWNER), name);
}

/**
 * Labels and tags have arbitrary names, so the form of their values decides. An account is only recognised in an ARN or by its name, because
 * any number can have twelve digits.
 */
export function streamAndGroupIn(values: JsonObject): {
  readonly stream: string | null;
  readonly group: string | null;
} {
  const all = Object.values(values).filter((text) => typeof text === "string");
  const group = all.find((text) => /^(?:\d{12}:)?\/aws\/lambda\/[^/]+$/.test(text)) ?? null;
  const arn = all.find((text) => partsOfGroup(text).region !== null) ?? null;
  const named = Object.entries(values).find(([name]) => /(?:owner|account)(?:_?id)?$/i.test(name))?.[1];
  const owned = ownedGroup(named ?? partsOfGroup(arn).account, group);
  return { stream: all.find(isStreamName) ?? null, group: owned };
}

const GROUP = ["logGroup", "logGroupName", "log_group"];
const OWNER = ["owner", "accountId", "account_id"];
