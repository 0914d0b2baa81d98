/**
 * Recognises a lifecycle line (docs/contracts.md#the-lifecycle-line) in what a function wrote: bare, behind a console prefix, or inside a
 * JSON log line's `message` as a string or an object. Members that do not apply may be null or absent, unknown ones are ignored, a line
 * with an event we do not know is ignored too. Never throws.
 */
import { LIFECYCLE_EVENTS, CODE_PHASES, CONNECT_OUTCOMES } from "../domain/lifecycle-words.ts";
import type { CodePhase, ConnectOutcome } from "../../../functions/src/contract.ts";
import { parseIsoTime, type EpochMs } from "../units/time.ts";

/** A lifecycle line with its members checked. */
export interface LifecycleEvent {
  readonly event: "boot" | "connect" | "disconnect" | "invoke";
  /** The function's clock; null where the line does not say. */
  readonly time: EpochMs | null;
  readonly bootId: string | null;
  readonly phase: CodePhase | null;
  readonly requestId: string | null;
  readonly outcome: ConnectOutcome | null;
  readonly connection: number | null;
  readonly sequence: number | null;
  /** Present where a connect waited in vain for a lease: log stream of who held it. */
  readonly leaseHolder?: string;
}

/** From the text of a log event that is not JSON as a whole. */
export function parseLifecycleText(message: string): LifecycleEvent | null {
  if (!message.includes('"longrun"')) return null;
  // A console prefix ends before the object; it may hold braces only behind the marker, so the first brace is the start.
  const start = message.indexOf("{");
  const end = message.lastIndexOf("}");
  if (start === -1 || end < start) return null;
  return parseLifecycleValue(parseJson(message.slice(start, end + 1)));
}

/** From a parsed JSON value: the line itself, or a JSON log line around it. */
export function parseLifecycleValue(value: unknown): LifecycleEvent | null {
  const outer = members(value);
  if (outer === null) return null;
  if (outer["longrun"] === 1) return lifecycleEvent(outer);
  const message = outer["message"];
  const inner = typeof message === "string" ? insideText(message) : members(message);
  return inner !== null && inner["longrun"] === 1 ? lifecycleEvent(inner) : null;
}

function insideText(message: string): Readonly<Record<string, unknown>> | null {
  if (!message.includes('"longrun"')) return null;
  const start = message.indexOf("{");
  const end = message.lastIndexOf("}");
  return start === -1 || end < start ? null : members(parseJson(message.slice(start, end + 1)));
}

function lifecycleEvent(value: Readonly<Record<string, unknown>>): LifecycleEvent | null {
  const event = oneOf<LifecycleEvent["event"]>(value["event"], LIFECYCLE_EVENTS);
  if (event === null) return null;
  const outcome = oneOf<ConnectOutcome>(value["outcome"], CONNECT_OUTCOMES);
  // A connect line that does not say how it ended says nothing about the peer.
  if (event === "connect" && outcome === null) return null;
  const leaseHolder = text(value["leaseHolder"]);
  return {
    ...(leaseHolder === null ? {} : { leaseHolder }),
    event,
    time: typeof value["time"] === "string" ? parseIsoTime(value["time"]) : null,
    bootId: text(value["bootId"]),
    phase: oneOf<CodePhase>(value["phase"], CODE_PHASES),
    requestId: text(value["requestId"]),
    outcome,
    connection: wholeNumber(value["connection"]),
    sequence: wholeNumber(value["sequence"]),
  };
}

function oneOf<T extends string>(value: unknown, allowed: readonly string[]): T | null {
  return typeof value === "string" && allowed.includes(value) ? (value as T) : null;
}

function members(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return null;
  }
}
