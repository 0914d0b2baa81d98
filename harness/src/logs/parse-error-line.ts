/**
 * The runtime's own line for a failure, in the words of whichever runtime wrote it: the catalogue of runtimes knows them. An application's
 * own error message is not one.
 */
import { readRuntimeLine } from "../runtimes/all-runtimes.ts";
import type { LogLine } from "../runtimes/runtime-log.ts";

export interface RuntimeErrorLine {
  /** Null: the line does not say (Python, text), and belongs to the invocation around it. */
  readonly requestId: string | null;
  readonly errorType: string | null;
}

/** What Node's client 3 writes for the id before the first invocation. The timeline counts such a line under this id. */
const BEFORE_ANY_REQUEST = "undefined";
const BEFORE_ANY_REQUEST_IN_LINE = /[\t ]undefined[\t ]/;

export function parseErrorLine(line: LogLine): RuntimeErrorLine | null {
  const said = readRuntimeLine(line, null);
  if (said === null) return null;
  const { kind, requestId, errorType } = said;
  if (kind === "failed-invocation") return { requestId, errorType };
  if (kind !== "failed-init" || !BEFORE_ANY_REQUEST_IN_LINE.test(line.text)) return null;
  return { requestId: BEFORE_ANY_REQUEST, errorType };
}
