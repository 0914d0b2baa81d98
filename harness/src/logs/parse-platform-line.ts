/**
 * Reads a text line of the platform (docs/aws/logs.md#text-lines). Returns null for other lines. The message of a REPORT may have an XRAY
 * line at its end. Never throws.
 */
import type { PhaseStatus } from "../words/platform-words.ts";
import { initPhase, platformStatus, statusWith, type PlatformEvent } from "./platform-event.ts";

/** If a copy lost the TABs, the next field follows the id directly. So an id of the usual form is read only up to its usual length. */
const ID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9A-Za-z-]{8,64}";
const START = new RegExp(`^START RequestId: (${ID})(?:\\s*Version: (\\S+))?`);
const END = new RegExp(`^END RequestId: (${ID})`);
const REPORT = new RegExp(`^REPORT RequestId: (${ID})`);
const TIMED_OUT = new RegExp(`^\\S+[\\t ]+(${ID}) Task timed out after [\\d.]+ seconds`);
const EXITED = new RegExp(`^RequestId: (${ID}) (Process exited before completing request|Error: [^]*)`);
/** The errors that the platform itself writes in the form of `EXITED`. A function can log an error of another service in the same form. */
const PLATFORM_ERROR =
  /^(?:Process exited|Error: Runtime exited)|\b(?:Runtime|Extension|Sandbox)\.[A-Z]\w+\s*$/;
/** The old wording for a process that could not start or did not answer. The line has no request id. */
const UNKNOWN_ERROR = /^Unknown application error occurred\r?\n(?:(\S+)\s*)?$/;
/** The clients of several runtimes send the answer with the same native library. This library writes this line if Lambda refuses the answer. */
const RESPONSE_REFUSED =
  /^\[ERROR\] \[\d+\] LAMBDA_RUNTIME Failed to post handler (?:success|failure) response\. Http response code: (-?\d+)/;
const TOO_LARGE = "413";
/** The first words of lines that the judgement does not use. A space or a TAB follows each word. */
export const UNNEEDED_WORDS: readonly string[] = ["EXTENSION", "TELEMETRY", "XRAY", "LOGS"];
const UNNEEDED = new RegExp(`^(${UNNEEDED_WORDS.join("|")})[\\t ]`);

export function parsePlatformLine(message: string): PlatformEvent | null {
  // The first letter rules out nearly all application lines, so the patterns are rarely tried.
  switch (message.charCodeAt(0)) {
    case 0x49: // I
      return parseInit(message);
    case 0x53: // S
      return parseStart(message);
    case 0x45: // E
      return parseEnd(message);
    case 0x52: // R
      return parseReport(message) ?? parseExit(message) ?? parseRestore(message);
    case 0x55: // U
      return parseUnknownError(message) ?? parseTimeout(message);
    case 0x5b: // [
      return parseRefusedResponse(message) ?? parseTimeout(message);
    default:
      return parseTimeout(message);
  }
}

function parseUnknownError(message: string): PlatformEvent | null {
  const match = UNKNOWN_ERROR.exec(message);
  return match === null ? null : { event: "failure-reported", status: "error", errorType: match[1] ?? null };
}

function parseRefusedResponse(message: string): PlatformEvent | null {
  const code = RESPONSE_REFUSED.exec(message)?.[1];
  if (code === undefined) return null;
  const errorType = code === TOO_LARGE ? "Function.ResponseSizeTooLarge" : null;
  return { event: "failure-reported", status: "error", errorType };
}

function parseStart(message: string): PlatformEvent | null {
  const match = START.exec(message);
  if (match?.[1] === undefined) return null;
  return { event: "start", requestId: match[1], version: match[2] ?? null };
}

function parseEnd(message: string): PlatformEvent | null {
  const match = END.exec(message);
  if (match?.[1] === undefined) return null;
  return { event: "runtime-done", requestId: match[1], status: null, errorType: null };
}

function parseReport(message: string): PlatformEvent | null {
  const match = REPORT.exec(message);
  if (match?.[1] === undefined) return null;
  const fields = fieldsOf(message);
  // A name that was broken is no field, but the value before it is complete.
  if (!fields.has("Status") && !fields.has("Error Type") && BROKEN_STATUS.test(message)) return null;
  const status = statusIn(fields);
  const [durationMs, billed, memorySizeMb, maxMemoryUsedMb] = REPORTED.map((name) => numberIn(fields, name));
  // If one of these fields is missing, the line was cut off, and the lost part may contain the status.
  if (durationMs == null || billed == null || memorySizeMb == null || maxMemoryUsedMb == null) return null;
  if (status === null) return null;
  return {
    event: "report",
    requestId: match[1],
    status,
    durationMs,
    initDurationMs: numberIn(fields, "Init Duration"),
    memorySizeMb,
    maxMemoryUsedMb,
    errorType: wordIn(fields, "Error Type"),
  };
}

const BROKEN_STATUS = /S\s*t\s*a\s*t\s*u\s*s\s*:|E\s*r\s*r\s*o\s*r\s*T\s*y\s*p\s*e\s*:/;

/** The fields that every REPORT has. */
const REPORTED = ["Duration", "Billed Duration", "Memory Size", "Max Memory Used"] as const;

function parseInit(message: string): PlatformEvent | null {
  if (message.startsWith("INIT_START")) {
    return {
      event: "init-start",
      phase: "init",
      initializationType: null,
      functionName: null,
      functionVersion: null,
      runtimeVersion: runtimeVersionIn(message),
      format: "Text",
    };
  }
  if (message.startsWith("IMAGE")) return parseLaunchError(message);
  if (!message.startsWith("INIT_REPORT")) return null;
  const fields = fieldsOf(message);
  const durationMs = numberIn(fields, "Init Duration");
  const status = statusIn(fields);
  // A line without a duration was cut off, and the lost part may contain a status that says that the Init failed.
  if (status === null || (status === "success" && durationMs === null)) return null;
  return {
    event: "init-report",
    phase: initPhase(wordIn(fields, "Phase")),
    initializationType: null,
    status,
    durationMs,
    errorType: wordIn(fields, "Error Type"),
  };
}

/** Reads the line about a container image whose program could not be started. */
function parseLaunchError(message: string): PlatformEvent | null {
  return /^IMAGE\s+Launch error:/.test(message)
    ? {
        event: "init-report",
        phase: null,
        initializationType: null,
        status: "error",
        durationMs: null,
        errorType: "Runtime.InvalidEntrypoint",
      }
    : null;
}

function parseRestore(message: string): PlatformEvent | null {
  if (message.startsWith("RESTORE_START"))
    return {
      event: "restore-start",
      functionName: null,
      functionVersion: null,
      runtimeVersion: runtimeVersionIn(message),
      format: "Text",
    };
  if (!message.startsWith("RESTORE_REPORT")) return null;
  const fields = fieldsOf(message);
  const durationMs = numberIn(fields, "Restore Duration");
  const status = statusIn(fields);
  return status === null || (status === "success" && durationMs === null)
    ? null
    : { event: "restore-report", status, durationMs, errorType: wordIn(fields, "Error Type") };
}

function runtimeVersionIn(message: string): string | null {
  return /Runtime Version:\s*(\S+?)(?=\s|Runtime Version ARN|$)/.exec(message)?.[1] ?? null;
}

function parseExit(message: string): PlatformEvent | null {
  const [, requestId, detail = ""] = EXITED.exec(message) ?? [];
  if (requestId === undefined || !PLATFORM_ERROR.test(detail)) return null;
  return {
    event: "runtime-exited",
    requestId,
    detail: (detail.split("\n", 1)[0] ?? "").replace("Error: ", ""),
  };
}

function parseTimeout(message: string): PlatformEvent | null {
  if (!message.includes("Task timed out after")) return null;
  const match = TIMED_OUT.exec(message);
  return match?.[1] === undefined ? null : { event: "task-timed-out", requestId: match[1] };
}

/** Returns the event of a line that the judgement does not use, else null. */
export function unneededLine(message: string): PlatformEvent | null {
  const name = UNNEEDED.exec(message)?.[1];
  return name === undefined ? null : { event: "other", name };
}

const FIELD =
  /(RequestId|Billed Restore Duration|Restore Duration|Billed Duration|Init Duration|Duration|Memory Size|Max Memory Used|Phase|Status|Error Type|XRAY TraceId):/g;

/** The fields can be in any order, separated by TABs, or by the spaces or line ends that a copy has in place of TABs. */
function fieldsOf(message: string): ReadonlyMap<string, string> {
  const found = [...message.matchAll(FIELD)];
  const fields = new Map<string, string>();
  for (const [index, { 0: whole, 1: name = "", index: at }] of found.entries())
    if (!fields.has(name)) fields.set(name, message.slice(at + whole.length, found[index + 1]?.index).trim());
  return fields;
}

type Fields = ReturnType<typeof fieldsOf>;

function wordIn(fields: Fields, name: string): string | null {
  const word = fields.get(name)?.split(/\s/)[0];
  return word === undefined || word === "" ? null : word;
}

/** A number without its unit may have been cut off, so it is not read. */
function numberIn(fields: Fields, name: string): number | null {
  const number = /^(\d+(?:\.\d+)?)\s*(?:ms|MB)/.exec(fields.get(name) ?? "")?.[1];
  return number === undefined ? null : Number(number);
}

/** If the line has no status and no error type, the phase succeeded. Null if the status is unknown, perhaps because it was cut off. */
function statusIn(fields: Fields): PhaseStatus | null {
  const status = fields.has("Status") ? platformStatus(wordIn(fields, "Status")) : "success";
  return statusWith(status, fields.has("Error Type"));
}
