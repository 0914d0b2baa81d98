/**
 * Recognises a lifecycle line (docs/contracts.md#the-lifecycle-line): alone, after a console prefix, or in a JSON log line. Never throws.
 */
import { asJsonObject, parseJsonObject, textOf, type JsonObject } from "../base/json-object.ts";
import { LIFECYCLE_EVENTS, CODE_PHASES, CONNECT_OUTCOMES } from "../words/lifecycle-words.ts";
import type { CodePhase, ConnectOutcome, LifecycleLine } from "../../../functions/src/contract.ts";
import { parseIsoTime, type EpochMs } from "../base/time.ts";

export interface LifecycleEvent {
  readonly event: LifecycleLine["event"];
  /** The time by the function's clock. Null if the line has no time. */
  readonly time: EpochMs | null;
  readonly bootId: string | null;
  readonly phase: CodePhase | null;
  readonly requestId: string | null;
  readonly outcome: ConnectOutcome | null;
  readonly connection: number | null;
  readonly sequence: number | null;
  /** Present if a connect waited for a lease without success: the log stream of the environment that held the lease. */
  readonly leaseHolder?: string;
  /** The peer that the line is about, if the function has several and the line names it. */
  readonly peerName?: string;
}

/** Reads a text that may have more than the JSON object, such as a console prefix. Returns null if it contains no lifecycle line. */
export function parseLifecycleText(message: string): LifecycleEvent | null {
  const object = objectInside(message);
  return object === null ? null : parseLifecycleObject(object);
}

/** Reads a parsed JSON object: a lifecycle line, or a JSON log line that contains one. Returns null for any other object. */
export function parseLifecycleObject(outer: JsonObject): LifecycleEvent | null {
  if (outer["longrun"] === 1) return lifecycleEvent(outer);
  const message = outer["message"];
  const inner = typeof message === "string" ? objectInside(message) : asJsonObject(message);
  return inner !== null && inner["longrun"] === 1 ? lifecycleEvent(inner) : null;
}

function objectInside(message: string): JsonObject | null {
  if (!message.includes('"longrun"')) return null;
  // A console prefix contains no braces, so the first brace begins the object.
  const start = message.indexOf("{");
  const end = message.lastIndexOf("}");
  return start === -1 || end < start ? null : parseJsonObject(message.slice(start, end + 1));
}

function lifecycleEvent(value: JsonObject): LifecycleEvent | null {
  const event = oneOf<LifecycleEvent["event"]>(value["event"], LIFECYCLE_EVENTS);
  if (event === null) return null;
  const outcome = oneOf<ConnectOutcome>(value["outcome"], CONNECT_OUTCOMES);
  // A connect line without an outcome says nothing about the peer.
  if (event === "connect" && outcome === null) return null;
  const leaseHolder = textOf(value["leaseHolder"]);
  const peerName = textOf(value["peerName"]);
  return {
    ...(leaseHolder === null ? {} : { leaseHolder }),
    ...(peerName === null ? {} : { peerName }),
    event,
    time: typeof value["time"] === "string" ? parseIsoTime(value["time"]) : null,
    bootId: textOf(value["bootId"]),
    phase: oneOf<CodePhase>(value["phase"], CODE_PHASES),
    requestId: textOf(value["requestId"]),
    outcome,
    connection: wholeNumber(value["connection"]),
    sequence: wholeNumber(value["sequence"]),
  };
}

function oneOf<T extends string>(value: unknown, allowed: readonly string[]): T | null {
  return typeof value === "string" && allowed.includes(value) ? (value as T) : null;
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
