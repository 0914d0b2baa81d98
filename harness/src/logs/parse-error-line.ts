/**
 * The runtime's own line for a handler that threw (docs/aws/runtime-logs.md): the platform calls such an invocation a success, so this line
 * is what marks the failure. Text `ISO\tid\tERROR\tInvoke Error\t{json}`, JSON level ERROR with an errorType at the top or
 * inside `message`, Python `[ERROR] Type: …` and Java `message: type`, `type: message`, stack, without a request id. An application's
 * own error message is not one.
 */
export interface RuntimeErrorLine {
  /** Null: the line does not say (Python, text), and belongs to the invocation around it. */
  readonly requestId: string | null;
  readonly errorType: string | null;
}

const NODE =
  /^\S+\t([0-9A-Za-z-]{8,64})\tERROR\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s*\t?([^]*)$/;
const PYTHON = /^\[ERROR\]\s+(?:\S+Z\s+\S+\s+)?([A-Za-z_][\w.]*)(?::|\s*$|\n)/;
export function parseErrorText(message: string): RuntimeErrorLine | null {
  if (message.startsWith("[ERROR]")) {
    const match = PYTHON.exec(message);
    return match === null ? null : { requestId: null, errorType: match[1] ?? null };
  }
  if (message.includes("\n\tat ")) return parseJava(message);
  if (!message.includes("\tERROR\t")) return null;
  const match = NODE.exec(message);
  if (match === null) return null;
  return { requestId: match[1] ?? null, errorType: errorTypeIn(match[2] ?? "") };
}

/** The type stands at the end of the first line and again before the stack: an application's logger does not write that. */
function parseJava(message: string): RuntimeErrorLine | null {
  const [first = "", second = ""] = message.split(/\r?\n/, 2);
  const errorType = /(?:^|: )([\w$]+(?:\.[\w$]+)+)$/.exec(first)?.[1];
  if (errorType === undefined) return null;
  return second === errorType || second.startsWith(`${errorType}: `) ? { requestId: null, errorType } : null;
}

/** From a JSON log line: `level` ERROR (or FATAL) and an `errorType`, at the top or inside `message`. */
export function parseErrorValue(value: Readonly<Record<string, unknown>>): RuntimeErrorLine | null {
  const level = value["level"];
  if (level !== "ERROR" && level !== "FATAL") return null;
  const inner = value["message"];
  const errorType =
    text(value["errorType"]) ??
    (typeof inner === "object" && inner !== null
      ? text((inner as Record<string, unknown>)["errorType"])
      : null);
  if (errorType === null) return null;
  const requestId = text(value["requestId"]) ?? text(value["AWSRequestId"]);
  return { requestId: requestId === "-" ? null : requestId, errorType };
}

function errorTypeIn(source: string): string | null {
  const match = /"errorType"\s*:\s*"([^"\\]{1,200})"/.exec(source);
  return match?.[1] ?? null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
