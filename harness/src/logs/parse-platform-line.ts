/**
 * Reads the platform's text lines (docs/aws/logs.md#text-lines): INIT_START, START, END, REPORT, INIT_REPORT, EXTENSION, TELEMETRY, XRAY,
 * RESTORE_*, and the old wording of time-outs and exits. The text is that of one log event; it may end in newlines or have an XRAY line
 * after REPORT. Returns null if it is not a platform line. Never throws.
 */
import { initPhase, platformStatus, type PlatformEvent } from "./platform-event.ts";

const ID = "[0-9A-Za-z-]{8,64}";
const START = new RegExp(`^START RequestId: (${ID})(?:\\s+Version: (\\S+))?`);
const END = new RegExp(`^END RequestId: (${ID})`);
const REPORT = new RegExp(`^REPORT RequestId: (${ID})\\b`);
const TIMED_OUT = new RegExp(`^\\S+ (${ID}) Task timed out after [\\d.]+ seconds`);
const EXITED = new RegExp(`^RequestId: (${ID}) Error: (Runtime exited.*)`);
const OTHERS: readonly string[] = [
  "EXTENSION",
  "TELEMETRY",
  "XRAY",
  "RESTORE_START",
  "RESTORE_REPORT",
  "LOGS",
];

export function parsePlatformLine(message: string): PlatformEvent | null {
  // The first letter rules out nearly all application lines, so the patterns are rarely tried.
  switch (message.charCodeAt(0)) {
    case 0x49: // I
      return parseInit(message);
    case 0x53: // S
      return parseStart(message);
    case 0x45: // E
      return parseEnd(message) ?? parseOther(message);
    case 0x52: // R
      return parseReport(message) ?? parseExit(message) ?? parseOther(message);
    case 0x54: // T
    case 0x58: // X
    case 0x4c: // L
      return parseOther(message);
    default:
      return parseTimeout(message);
  }
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
  const line = firstLine(message);
  return {
    event: "report",
    requestId: match[1],
    status: platformStatus(wordAfter(line, "Status")) ?? "success",
    durationMs: numberAfter(line, "Duration"),
    initDurationMs: numberAfter(line, "Init Duration"),
    memorySizeMb: numberAfter(line, "Memory Size"),
    maxMemoryUsedMb: numberAfter(line, "Max Memory Used"),
    errorType: wordAfter(line, "Error Type"),
  };
}

function parseInit(message: string): PlatformEvent | null {
  if (message.startsWith("INIT_START")) {
    return {
      event: "init-start",
      phase: "init",
      initializationType: null,
      functionName: null,
      functionVersion: null,
      runtimeVersion: /Runtime Version:\s+(\S+)/.exec(message)?.[1] ?? null,
      format: "Text",
    };
  }
  if (!message.startsWith("INIT_REPORT")) return null;
  // The first field has no TAB before it: "INIT_REPORT Init Duration: 1.00 ms\tPhase: init\tStatus: timeout".
  const line = firstLine(message).slice("INIT_REPORT".length).trimStart();
  return {
    event: "init-report",
    phase: initPhase(wordAfter(line, "Phase")) ?? "init",
    initializationType: null,
    status: platformStatus(wordAfter(line, "Status")) ?? "success",
    durationMs: numberAfter(line, "Init Duration"),
    errorType: wordAfter(line, "Error Type"),
  };
}

function parseExit(message: string): PlatformEvent | null {
  const match = EXITED.exec(message);
  if (match?.[1] === undefined) return null;
  return { event: "runtime-exited", requestId: match[1], detail: match[2] ?? "" };
}

function parseTimeout(message: string): PlatformEvent | null {
  if (!message.includes("Task timed out after")) return null;
  const match = TIMED_OUT.exec(message);
  return match?.[1] === undefined ? null : { event: "task-timed-out", requestId: match[1] };
}

function parseOther(message: string): PlatformEvent | null {
  for (const name of OTHERS) {
    if (message.startsWith(`${name}\t`) || message.startsWith(`${name} `)) return { event: "other", name };
  }
  return null;
}

function firstLine(message: string): string {
  const end = message.indexOf("\n");
  return end === -1 ? message : message.slice(0, end);
}

/** Names of fields in REPORT and INIT_REPORT. */
const FIELD =
  /(RequestId|Billed Restore Duration|Restore Duration|Billed Duration|Init Duration|Duration|Memory Size|Max Memory Used|Phase|Status|Error Type):/g;

/**
 * Returns the text of the field with this name. Fields come in any order, separated by TABs, or by spaces where copying replaced the TABs.
 */
function fieldAfter(line: string, name: string): string | null {
  const fields = [...line.matchAll(FIELD)];
  const index = fields.findIndex((field) => field[1] === name);
  const field = fields[index];
  return field === undefined
    ? null
    : line.slice(field.index + field[0].length, fields[index + 1]?.index).trim();
}

function wordAfter(line: string, name: string): string | null {
  const word = fieldAfter(line, name)?.split(/\s/)[0];
  return word === undefined || word === "" ? null : word;
}

function numberAfter(line: string, name: string): number | null {
  const word = wordAfter(line, name);
  if (word === null) return null;
  const value = Number(word);
  return Number.isFinite(value) ? value : null;
}
