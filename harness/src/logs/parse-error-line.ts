/**
 * Recognises lines that are about a failure: the exact line of a runtime's client, or any line that could speak of a failure. The line alone
 * does not show which runtime wrote it, so the caller of `readAs` gives the family of the runtime.
 */
import type { JsonObject } from "../base/json-object.ts";
import { readRuntimeLine, type RuntimeReading } from "../catalogue/runtimes/all-runtimes.ts";
import type { LogLine } from "../catalogue/runtimes/runtime-log.ts";
import { showsAlteredConsole } from "./altered-console.ts";
import type { ConnectionError } from "../words/connection-error.ts";
import { connectionErrorIn } from "./connection-error-in.ts";
import { isErrorShaped, withoutColours } from "./error-shape.ts";
import { levelOf } from "./line-level.ts";

export interface RuntimeErrorLine {
  /** One reading for each runtime family whose client writes exactly this line. */
  readonly readings: readonly RuntimeReading[];
  /** Whether the line could speak of a failure, whoever wrote it. */
  readonly shaped: boolean;
  /** Whether the line shows that something changed Node's console. */
  readonly altered: boolean;
  /** The request that the line names in a place where runtimes and loggers name it. */
  readonly requestId: string | null;
  readonly connectionError: ConnectionError | null;
}

/** What a line says about a failure, read as the line of one runtime. */
export interface FailureReading extends RuntimeReading {
  readonly connectionError: ConnectionError | null;
}

/** Returns null if the line is certainly not about a failure. */
export function parseErrorLine(line: LogLine): RuntimeErrorLine | null {
  const readings = readRuntimeLine({ ...line, text: withoutColours(line.text) });
  const altered = showsAlteredConsole(line.text);
  const shaped = couldBeFailure(line, altered);
  if (readings.length === 0 && !altered && !shaped) return null;
  return {
    ...{ readings, shaped, altered },
    requestId: shaped ? requestIn(line.text) : null,
    connectionError: connectionErrorIn(line.text),
  };
}

function couldBeFailure({ text, object }: LogLine, altered: boolean): boolean {
  const level = levelOf(text, object);
  if (level === "error") return true;
  // The words of Node's client stand behind the changed level of an altered console.
  if (level === "below-error") return altered && isErrorShaped(text);
  return isErrorShaped(text) || isCutObject(text, object);
}

/** The part that was cut off may have the level. */
function isCutObject(text: string, object: JsonObject | null): boolean {
  return object === null && /^\{\s?"/.test(text) && !BELOW_BEFORE_CUT.test(text);
}

const BELOW_BEFORE_CUT = /^\{"timestamp":"[^"]{1,40}","level":"(?:TRACE|DEBUG|INFO|WARN)"/;

const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
/** Node and .NET write the id behind the time, Python behind level and time, others as `requestId`, `AWSRequestId`, `function_request_id`. */
const NAMED = new RegExp(
  `^(?:\\[[A-Z]{4,8}\\]\\s{1,8})?\\S+\\s{1,8}(${ID})\\s|request_?id\\\\?"?\\s?[:=]\\s?\\\\?"?(${ID})`,
  "i",
);

function requestIn(text: string): string | null {
  const [, behindTime, named] = NAMED.exec(text) ?? [];
  return behindTime ?? named ?? null;
}

/** Null if the family writes no such line. Without a known family (null), the line is a failure only if no reading is ambiguous. */
export function readAs(
  { readings, shaped, requestId, connectionError }: RuntimeErrorLine,
  family: string | null,
): FailureReading | null {
  const exact =
    family !== null
      ? readings.find((one) => one.family === family)
      : (readings.find(({ kind }) => kind === "ambiguous") ?? readings[0]);
  if (exact !== undefined) return { ...exact, connectionError };
  return shaped
    ? { family: family ?? "", kind: "ambiguous", requestId, errorType: null, connectionError }
    : null;
}
