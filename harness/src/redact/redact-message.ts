/**
 * Redacts the message of a log event: what the judgement reads of it is written again, with replaced names. Nothing else of the line is in
 * the copy, whatever it looks like.
 */
import type { LifecycleLine } from "../../../functions/src/contract.ts";
import { parseJsonObject, asJsonObject, type JsonObject } from "../base/json-object.ts";
import { CODE_PHASES, CONNECT_OUTCOMES, LIFECYCLE_EVENTS } from "../words/lifecycle-words.ts";
import { INITIALIZATION_TYPES, INIT_PHASES, PHASE_STATUSES } from "../words/platform-words.ts";
import { decodeMessage } from "../logs/stream-event.ts";
import { ErrorLines } from "./error-lines.ts";
import { errorType, functionName } from "./names.ts";
import type { Replacements } from "./replacements.ts";
import { either, equal, members, number, oneOf, replaced, time, type Rule } from "./rules.ts";
import { versionText } from "./runtime-rules.ts";
import { writePlatformLine, writeUnreadLine } from "./write-platform-line.ts";

/** The types of the platform's records, after `platform.`. */
const RECORDS = [
  ...["initStart", "initRuntimeDone", "initReport", "start", "runtimeDone", "report", "end", "fault"],
  ...["restoreStart", "restoreRuntimeDone", "restoreReport", "invokeStart", "invokeSummary", "logsDropped"],
  ...["extension", "telemetrySubscription", "logsSubscription"],
].map((name) => `platform.${name}`);

export class MessageRedactor {
  readonly #names: Replacements;
  readonly #errors: ErrorLines;
  readonly #platform: Rule;
  readonly #lifecycle: Rule;

  constructor(names: Replacements) {
    this.#names = names;
    this.#errors = new ErrorLines(names);
    const id = replaced((one) => names.id(one));
    const version = replaced((one) => names.version(one));
    const name = replaced((one) => functionName(names, one));
    this.#platform = members({
      time,
      type: either(
        oneOf(...RECORDS),
        replaced((one) => `platform.${names.numbered("word", one)}`),
      ),
      record: members({
        requestId: id,
        version,
        tenantId: replaced((one) => names.numbered("tenant", one)),
        functionName: name,
        functionVersion: version,
        initializationType: oneOf(...INITIALIZATION_TYPES),
        runtimeVersion: replaced((one) => versionText(names, one)),
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
      longrun: equal(1),
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
      peer: null,
      local: null,
      detail: null,
      design: null,
    } satisfies Readonly<Record<keyof LifecycleLine, Rule | null>>);
  }

  redact(message: string): string {
    const decoded = decodeMessage(message);
    const object = message.startsWith("{") ? parseJsonObject(message) : null;
    switch (decoded.kind) {
      case "application":
        return this.#names.text(message);
      case "platform":
        return object === null
          ? writePlatformLine(this.#names, decoded.platform, message)
          : JSON.stringify(this.#platform(object));
      case "lifecycle":
        return JSON.stringify(this.#lifecycle(lifecycleIn(message, object) ?? {}));
      case "error":
        return this.#errors.write(decoded.error);
      case "unknown":
        return writeUnreadLine(this.#names, decoded.about);
    }
  }
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
