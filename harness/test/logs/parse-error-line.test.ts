/**
 * Lines of loggers and of tools that change a function's console, in words of our own, and what each means for the invocation in whose span
 * it is. `failed`: the exact line of a client. `unknown`: it could speak of a failure. `harmless`: it changes nothing. `altered`: it shows
 * that the console is changed, so every outcome of the function is unknown.
 */
import { expect } from "chai";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { readAs } from "../../src/logs/parse-error-line.ts";

const AT = "2026-11-25T01:02:03.456Z";
const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const THROWN =
  '{"errorType":"PeerBusy","errorMessage":"busy","stack":["PeerBusy: busy","    at handler (/var/task/i.js:3:9)"]}';
const IDS = "[dd.trace_id=8412690251284311742 dd.span_id=1734590125884301]";
const json = (value: object): string => JSON.stringify(value);

type Meaning = "failed" | "unknown" | "harmless" | "altered" | "altered, unknown";

const rows: readonly (readonly [by: string, family: string, line: string, meaning: Meaning])[] = [
  [
    "Datadog, Node text, the client's line",
    "node",
    `${AT}\t${ID}\tERROR\t${IDS} Invoke Error \t${THROWN}\n`,
    "altered, unknown",
  ],
  ["Datadog, Node text, a line of the function", "node", `${AT}\t${ID}\tINFO\t${IDS} saved\n`, "altered"],
  [
    "Datadog, Node JSON, the client's line",
    "node",
    json({ timestamp: AT, level: "ERROR", requestId: ID, message: `${IDS} {"errorType":"PeerBusy"}` }),
    "altered, unknown",
  ],
  [
    "Datadog, Node JSON, a line of the function",
    "node",
    json({ timestamp: AT, level: "INFO", requestId: ID, message: `${IDS} saved` }),
    "altered",
  ],
  [
    "Datadog's ids in a Python logger's format",
    "python",
    `[INFO]\t${AT}\t${ID}\t[dd.service=gw dd.trace_id=1 dd.span_id=2] - saved\n`,
    "harmless",
  ],
  ["console-stamp, a line of the function", "node", "[25.11.2026 01:02.03.456] [LOG]    saved", "altered"],
  [
    "console-stamp, the client's line",
    "node",
    `[25.11.2026 01:02.03.456] [ERROR]  Invoke Error \t${THROWN}`,
    "altered, unknown",
  ],
  [
    "console.error sent to console.log",
    "node",
    `${AT}\t${ID}\tINFO\tInvoke Error \t${THROWN}\n`,
    "altered, unknown",
  ],
  [
    "pino in place of the console, at level info",
    "node",
    json({ level: 30, time: 1_795_568_523_456, msg: "Invoke Error" }),
    "altered, unknown",
  ],
  [
    "winston in place of the console, at level info",
    "node",
    json({ level: "info", message: `Invoke Error \t${THROWN}` }),
    "altered, unknown",
  ],
  ["winston in place of the console, as text", "node", `info: Invoke Error \t${THROWN}`, "altered, unknown"],
  [
    "an error with a toJSON that gives a text, Node JSON",
    "node",
    json({ timestamp: AT, level: "ERROR", requestId: ID, message: "the gateway is busy" }),
    "unknown",
  ],
  [
    "an error with a toJSON that gives a problem document",
    "node",
    json({ timestamp: AT, level: "ERROR", requestId: ID, message: { title: "busy", status: 503 } }),
    "unknown",
  ],
  [
    "an error with a toJSON that gives a list",
    "node",
    json({ timestamp: AT, level: "ERROR", requestId: ID, message: { errors: [{ code: 7 }] } }),
    "unknown",
  ],
  [
    "pino, info",
    "node",
    json({ level: 30, time: 1_795_568_523_456, pid: 8, hostname: "h", msg: "saved after an error" }),
    "harmless",
  ],
  [
    "pino, warning",
    "node",
    json({
      level: 40,
      time: 1_795_568_523_456,
      err: { type: "Error", stack: "Error: x\n    at a (b.js:1:1)" },
      msg: "retry",
    }),
    "harmless",
  ],
  ["pino, error", "node", json({ level: 50, time: 1_795_568_523_456, msg: "could not" }), "unknown"],
  [
    "a Python logger that writes the number of ERROR",
    "python",
    json({ level: 40, event: "could not" }),
    "unknown",
  ],
  [
    "bunyan, fatal",
    "node",
    json({ name: "gw", hostname: "h", pid: 8, level: 60, msg: "no", time: AT, v: 0 }),
    "unknown",
  ],
  ["winston, info", "node", json({ level: "info", message: "saved, 0 errors" }), "harmless"],
  ["winston, error", "node", json({ level: "error", message: "could not" }), "unknown"],
  [
    "Powertools for TypeScript, warning",
    "node",
    json({
      level: "WARN",
      message: "retry",
      timestamp: AT,
      error: { name: "E", stack: "E: x\n    at a (b.js:1:1)" },
    }),
    "harmless",
  ],
  [
    "Powertools for Python, error",
    "python",
    json({
      level: "ERROR",
      location: "handle:7",
      message: "could not",
      timestamp: AT,
      exception_name: "ValueError",
    }),
    "unknown",
  ],
  [
    "structlog, JSON, warning",
    "python",
    json({ event: "retry", level: "warning", exception: "Traceback (most recent call last):" }),
    "harmless",
  ],
  [
    "structlog, console",
    "python",
    "2026-11-25 01:02:03 [info     ] saved after an error         order=7",
    "harmless",
  ],
  [
    "structlog, console, error",
    "python",
    "2026-11-25 01:02:03 [error    ] no                             order=7",
    "unknown",
  ],
  [
    "log4j2 for Lambda, warning",
    "java",
    `2026-11-25 01:02:03 ${ID} WARN  App:23 - retry after java.net.ConnectException: refused\n`,
    "harmless",
  ],
  ["log4j2 for Lambda, error", "java", `2026-11-25 01:02:03 ${ID} ERROR App:23 - no\n`, "unknown"],
  ["logback, info", "java", "01:02:03.456 [main] INFO  com.acme.App - no error\n", "harmless"],
  [
    "logback, JSON, error",
    "java",
    json({ "@timestamp": AT, level: "ERROR", level_value: 40_000, message: "no" }),
    "unknown",
  ],
  [
    "Serilog, compact JSON, no level is Information",
    "dotnet",
    json({ "@t": AT, "@mt": "saved" }),
    "harmless",
  ],
  ["Serilog, compact JSON, error", "dotnet", json({ "@t": AT, "@mt": "no", "@l": "Error" }), "unknown"],
  ["Serilog, console, error", "dotnet", "[01:02:03 ERR] no", "unknown"],
  ["Serilog, console, warning", "dotnet", "[01:02:03 WRN] no error", "harmless"],
  [".NET without Lambda's format, an exception", "dotnet", "Example.PeerBusyException: busy", "unknown"],
  [
    ".NET without Lambda's format, a stack frame",
    "dotnet",
    "   at Example.Function.Handle() in /src/F.cs:line 7",
    "unknown",
  ],
  [
    "Go's client",
    "provided",
    '2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString"}\n',
    "failed",
  ],
  [
    "the same object behind a text",
    "provided",
    '2026/11/25 01:02:03 worker failed, will retry: {"errorMessage":"busy","errorType":"errorString"}\n',
    "unknown",
  ],
  [
    "zap, JSON, info",
    "provided",
    json({ level: "info", ts: 1.5, caller: "app/main.go:12", msg: "no error" }),
    "harmless",
  ],
  ["zap, console, error", "provided", `${AT}\tERROR\tapp/main.go:12\tno`, "unknown"],
  ["zap, panic", "provided", json({ level: "dpanic", msg: "no" }), "unknown"],
  ["logrus, warning", "provided", `time="${AT}" level=warning msg="no error"`, "harmless"],
  ["logrus, error", "provided", `time="${AT}" level=error msg=no`, "unknown"],
  ["slog, text", "provided", `time=${AT} level=INFO msg="done" err=<nil>`, "harmless"],
  [
    "slog, a handled error behind the client's object",
    "provided",
    json({ time: AT, level: "INFO", msg: 'retry: {"errorMessage":"busy","errorType":"E"}' }),
    "unknown",
  ],
  ["zerolog, error", "provided", json({ level: "error", error: "busy", message: "no" }), "unknown"],
  [
    "tracing, warning",
    "provided",
    `2026-11-25T01:02:03.456789Z  WARN Lambda runtime invoke{requestId="${ID}"}: app: error: busy\n`,
    "harmless",
  ],
  [
    "tracing, coloured error",
    "provided",
    `\u001b[2m2026-11-25T01:02:03.456789Z\u001b[0m \u001b[31mERROR\u001b[0m app: no\n`,
    "unknown",
  ],
  [
    "the platform's words in two events, the first",
    "node",
    `RequestId: ${ID} Error: signal: terminated\n`,
    "unknown",
  ],
  ["the platform's words in two events, the second", "node", "Extension.Crash\n", "unknown"],
  [
    "a rejection that nobody caught",
    "node",
    `${AT}\t${ID}\tERROR\tUnhandled Promise Rejection \t${THROWN}\n`,
    "unknown",
  ],
];

describe("a line of another logger", () => {
  for (const [by, family, line, meaning] of rows)
    it(`is ${meaning}: ${by}`, () => {
      const said = decodeMessage(line);
      const error = said.kind === "error" ? said.error : null;
      const kind = error === null ? null : (readAs(error, family)?.kind ?? null);
      const outcome = kind === null ? "" : kind === "ambiguous" ? "unknown" : "failed";
      const altered = error?.altered === true && family === "node" ? "altered" : "";
      const parts = [altered, outcome].filter((one) => one !== "");
      expect(parts.length === 0 ? "harmless" : parts.join(", ")).to.equal(meaning);
    });
});
