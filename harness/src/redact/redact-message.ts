/**
 * Redacts the message of a log event. Measurements of the platform, facts about connections and the form of error lines stay. Nothing is
 * kept of an application's line.
 */
import { parseJsonObject, asJsonObject, type JsonObject } from "../domain/json-object.ts";
import { CODE_PHASES, CONNECT_OUTCOMES, LIFECYCLE_EVENTS } from "../domain/lifecycle-words.ts";
import {
  APPLICATION_LOG_LEVELS,
  INITIALIZATION_TYPES,
  INIT_PHASES,
  PHASE_STATUSES,
} from "../domain/platform-words.ts";
import { decodeMessage } from "../logs/decode-message.ts";
import type { RuntimeErrorLine } from "../logs/parse-error-line.ts";
import { maskWords } from "./mask-words.ts";
import { errorType, functionName } from "./names.ts";
import type { Replacements } from "./replacements.ts";
import { either, matching, members, number, oneOf, replaced, time, type Rule } from "./rules.ts";
import { versionText } from "./runtime-rules.ts";

export class MessageRedactor {
  readonly #names: Replacements;
  readonly #platform: Rule;
  readonly #lifecycle: Rule;

  constructor(names: Replacements) {
    this.#names = names;
    const id = replaced((one) => names.id(one));
    const version = replaced((one) => names.version(one));
    const name = replaced((one) => functionName(names, one));
    this.#platform = members({
      time,
      type: matching(/^platform\.[A-Za-z]{1,40}$/),
      record: members({
        requestId: id,
        version,
        functionName: name,
        functionVersion: version,
        initializationType: oneOf(...INITIALIZATION_TYPES),
        runtimeVersion: versionText,
        phase: oneOf(...INIT_PHASES),
        status: either(
          oneOf(...PHASE_STATUSES),
          replaced((one) => names.text(one)),
        ),
        errorType: replaced((one) => errorType(names, one)),
        droppedRecords: number,
        metrics: members({
          durationMs: number,
          billedDurationMs: number,
          memorySizeMB: number,
          maxMemoryUsedMB: number,
          initDurationMs: number,
        }),
      }),
    });
    this.#lifecycle = members({
      longrun: number,
      time,
      event: oneOf(...LIFECYCLE_EVENTS),
      bootId: id,
      phase: oneOf(...CODE_PHASES),
      requestId: id,
      outcome: oneOf(...CONNECT_OUTCOMES),
      peerName: replaced((one) => names.numbered("peer", one)),
      connection: number,
      sequence: number,
      invocation: number,
      leaseHolder: replaced((one) => names.stream(one)),
      logStream: replaced((one) => names.stream(one)),
    });
  }

  redact(message: string): string {
    const said = decodeMessage(message);
    const { kind } = said;
    const object = message.startsWith("{") ? parseJsonObject(message) : null;
    if (kind === "application") return this.#names.text(message);
    if (kind === "platform" && object !== null) return JSON.stringify(this.#platform(object));
    if (kind === "lifecycle") return JSON.stringify(this.#lifecycle(lifecycleIn(message, object) ?? {}));
    if (said.kind !== "error") return maskWords(this.#names, message);
    const masked =
      object === null
        ? maskWords(this.#names, message)
        : JSON.stringify(this.#masked(object), null, /^\{\s*\n/.test(message) ? 2 : 0);
    return withSigns(said.error, masked);
  }

  /** Masks an error line in JSON: every string at any depth, because each runtime has its own members. */
  #masked(value: unknown): unknown {
    if (typeof value === "string")
      return APPLICATION_LOG_LEVELS.some((level) => level === value) ? value : maskWords(this.#names, value);
    if (Array.isArray(value)) return value.map((one) => this.#masked(one));
    const object = asJsonObject(value);
    if (object === null) return typeof value === "number" ? 0 : value;
    return Object.fromEntries(
      Object.entries(object).map(([name, one]) => [maskWords(this.#names, name), this.#masked(one)]),
    );
  }
}

/** If masking removed what made the line doubtful, returns a line that says only this. */
function withSigns({ shaped, altered }: RuntimeErrorLine, masked: string): string {
  const again = decodeMessage(masked);
  const { error } = again.kind === "error" ? again : { error: { shaped: false, altered: false } };
  if (error.shaped === shaped && error.altered === altered) return masked;
  return [altered ? "[dd.trace_id=0 dd.span_id=0]" : "", shaped ? "error" : ""].join(" ").trim();
}

/** A logger may have put the lifecycle line inside a JSON line of its own. */
function lifecycleIn(message: string, object: JsonObject | null): JsonObject | null {
  if (object === null)
    return parseJsonObject(message.slice(message.indexOf("{"), message.lastIndexOf("}") + 1));
  if (object["longrun"] === 1) return object;
  const inner = object["message"];
  return typeof inner === "string"
    ? parseJsonObject(inner.slice(inner.indexOf("{"), inner.lastIndexOf("}") + 1))
    : asJsonObject(inner);
}
