/**
 * How each family's client writes a failed invocation, and what its users write that looks alike. The forms follow
 * docs/aws/runtime-logs.md; ids, classes and messages are made up.
 */
export interface LineForm {
  readonly family: string;
  readonly title: string;
  readonly format: "Text" | "JSON";
  readonly kind: "failed-invocation" | "failed-init" | "ambiguous" | "application";
  /** The events of the log, one after the other. */
  readonly events: (requestId: string) => readonly string[];
  /** Whether the line names the request. */
  readonly namesRequest: boolean;
}

const AT = "2026-11-25T01:02:03.456Z";
const NBSP = "\u00a0\u00a0";
const json = (value: Readonly<Record<string, unknown>>): string => JSON.stringify(value);
const stack = ["  File \"/var/task/app.py\", line 3, in handler\n    raise ValueError('busy')\n"];
const javaText =
  "busy: com.example.PeerBusy\ncom.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n\n";

type Row = readonly [
  family: string,
  title: string,
  format: LineForm["format"],
  kind: LineForm["kind"],
  events: LineForm["events"],
  namesRequest?: boolean,
];

const ROWS: readonly Row[] = [
  [
    "node",
    "client 3 and 4, text",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT}\t${id}\tERROR\tInvoke Error \t{"errorType":"PeerBusy","errorMessage":"busy","stack":[]}\n`,
    ],
    true,
  ],
  [
    "node",
    "client 4 that lost the id",
    "Text",
    "failed-invocation",
    () => [`${AT}\t-\tERROR\tInvoke Error \t{"errorType":"PeerBusy","errorMessage":"busy","stack":[]}\n`],
  ],
  [
    "node",
    "an unhandled rejection",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT}\t${id}\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"}\n`,
    ],
    true,
  ],
  [
    "node",
    "TABs became spaces",
    "Text",
    "failed-invocation",
    (id) => [`${AT} ${id} ERROR Invoke Error {"errorType":"PeerBusy"}`],
    true,
  ],
  [
    "node",
    "console.error(error), text",
    "Text",
    "application",
    (id) => [`${AT}\t${id}\tERROR\tPeerBusy: busy\n    at handler (file:///var/task/index.mjs:3:9)\n`],
    true,
  ],
  [
    "node",
    "console.error(text, error), text",
    "Text",
    "application",
    (id) => [`${AT}\t${id}\tERROR\tInvoke Error PeerBusy: busy\n    at handler (index.mjs:3:9)\n`],
    true,
  ],
  [
    "node",
    "JSON",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message: { errorType: "PeerBusy", errorMessage: "busy", stackTrace: [] },
      }),
    ],
    true,
  ],
  [
    "node",
    "console.error(text, error), JSON",
    "JSON",
    "application",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message: "retrying",
        errorType: "PeerBusy",
        errorMessage: "busy",
        stackTrace: [],
      }),
    ],
    true,
  ],

  [
    "python",
    "text with the client's frames",
    "Text",
    "failed-invocation",
    () => [
      `[ERROR] ValueError: busy\nTraceback (most recent call last):\n${NBSP}File "/var/task/app.py", line 3, in handler\n`,
    ],
  ],
  [
    "python",
    "parts separated by CR",
    "Text",
    "failed-invocation",
    () => [
      `[ERROR] ValueError: busy\rTraceback (most recent call last):\r${NBSP}File "/var/task/app.py", line 3\r`,
    ],
  ],
  [
    "python",
    "an import error of the client itself",
    "Text",
    "failed-invocation",
    () => [
      "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'x'\nTraceback (most recent call last):",
    ],
  ],
  [
    "python",
    "the sentence about runtime updates",
    "Text",
    "failed-invocation",
    () => ["LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.\r"],
  ],
  ["python", "a line that print can write too", "Text", "ambiguous", () => ["[ERROR] ValueError: busy\n"]],
  [
    "python",
    "logger.exception, text",
    "Text",
    "application",
    (id) => [
      `[ERROR]\t${AT}\t${id}\tbusy\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3\nValueError: busy\n`,
    ],
    true,
  ],
  [
    "python",
    "logger.error whose TABs became spaces",
    "Text",
    "application",
    (id) => [`[ERROR] ${AT} ${id} busy\n`],
    true,
  ],
  [
    "python",
    "JSON, log_level",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: "2026-11-25T01:02:03Z",
        log_level: "ERROR",
        errorMessage: "busy",
        errorType: "ValueError",
        requestId: id,
        stackTrace: stack,
      }),
    ],
    true,
  ],
  [
    "python",
    "JSON, level",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: "2026-11-25T01:02:03Z",
        level: "ERROR",
        errorMessage: "busy",
        errorType: "ValueError",
        requestId: id,
        stackTrace: stack,
      }),
    ],
    true,
  ],
  [
    "python",
    "logger.exception, JSON",
    "JSON",
    "application",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        message: "busy",
        logger: "root",
        requestId: id,
        errorType: "ValueError",
        errorMessage: "busy",
        stackTrace: stack,
        location: "app.py:3",
      }),
    ],
    true,
  ],

  ["java", "text", "Text", "failed-invocation", () => [javaText]],
  [
    "java",
    "a message of two lines",
    "Text",
    "failed-invocation",
    () => [
      "busy\nfor now: com.example.PeerBusy\ncom.example.PeerBusy: busy\nfor now\n\tat com.example.App.handle(App.java:7)\n\n",
    ],
  ],
  [
    "java",
    "no message",
    "Text",
    "failed-invocation",
    () => [
      "java.lang.NullPointerException: java.lang.NullPointerException\njava.lang.NullPointerException\n\tat com.example.App.handle(App.java:7)\n",
    ],
  ],
  [
    "java",
    "a class that is missing",
    "Text",
    "failed-invocation",
    () => ["Class not found: com.example.App: java.lang.ClassNotFoundException\n"],
  ],
  [
    "java",
    "getLogger().log(error)",
    "Text",
    "application",
    () => ["com.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n"],
  ],
  [
    "java",
    "JSON",
    "JSON",
    "failed-invocation",
    (id) => [json({ timestamp: AT, message: javaText, level: "ERROR", AWSRequestId: id })],
    true,
  ],
  [
    "java",
    "JSON of an older client",
    "JSON",
    "failed-invocation",
    (id) => [json({ timestamp: AT, message: javaText, level: "UNDEFINED", AWSRequestId: id })],
    true,
  ],
  [
    "java",
    "getLogger().log(error), JSON",
    "JSON",
    "application",
    (id) => [
      json({
        timestamp: AT,
        message: "com.example.PeerBusy: busy\n\tat com.example.App.handle(App.java:7)\n",
        level: "ERROR",
        AWSRequestId: id,
      }),
    ],
    true,
  ],

  [
    "dotnet",
    "text, which a logged exception is too",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tfail\tExample.PeerBusyException: busy\n   at Example.Function.Handle() in /src/F.cs:line 7\n`,
    ],
    true,
  ],
  [
    "dotnet",
    "JSON, message null",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: AT,
        level: "Error",
        requestId: id,
        traceId: "x",
        message: null,
        errorType: "Example.PeerBusyException",
        errorMessage: "busy",
        stackTrace: [],
      }),
    ],
    true,
  ],
  [
    "dotnet",
    "JSON, message empty",
    "JSON",
    "failed-invocation",
    (id) => [
      json({
        timestamp: AT,
        level: "Error",
        requestId: id,
        traceId: "x",
        message: "",
        errorType: "Example.PeerBusyException",
        errorMessage: "busy",
        stackTrace: [],
      }),
    ],
    true,
  ],
  [
    "dotnet",
    "a logged exception, JSON",
    "JSON",
    "application",
    (id) => [
      json({
        timestamp: AT,
        level: "Error",
        requestId: id,
        traceId: "x",
        message: "retrying",
        errorType: "Example.PeerBusyException",
        errorMessage: "busy",
        stackTrace: [],
      }),
    ],
    true,
  ],

  [
    "ruby",
    "the sentence and its object",
    "Text",
    "failed-invocation",
    () => [
      "Error raised from handler method\n",
      '{\n  "errorMessage": "busy",\n  "errorType": "Function<PeerBusy>",\n  "stackTrace": [\n    "/var/task/app.rb:3"\n  ]\n}',
    ],
  ],
  [
    "ruby",
    "JSON format, the same",
    "JSON",
    "failed-invocation",
    () => [
      "Error raised from handler method\n",
      '{\n  "errorMessage": "busy",\n  "errorType": "Function<PeerBusy>",\n  "stackTrace": []\n}',
    ],
  ],
  ["ruby", "the sentence alone", "Text", "ambiguous", () => ["Error raised from handler method\n"]],
  [
    "ruby",
    "Logger",
    "Text",
    "application",
    () => [
      "E, [2026-11-25T01:02:03.456789 #8] ERROR -- : busy (PeerBusy)\n/var/task/app.rb:3:in `handler'\n",
    ],
  ],

  [
    "provided",
    "Go",
    "Text",
    "failed-invocation",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "provided",
    "Go with a prefix of the user's",
    "Text",
    "failed-invocation",
    () => ['[plc] main.go:7: {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "provided",
    "Go, a panic",
    "Text",
    "failed-invocation",
    () => [
      '2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"string","stackTrace":[{"path":"main.go","line":7,"label":"main.handle"}]}\n',
    ],
  ],
  [
    "provided",
    "Go through slog",
    "JSON",
    "failed-invocation",
    () => [json({ time: AT, level: "INFO", msg: '{"errorMessage":"busy","errorType":"errorString"}' })],
  ],
  [
    "provided",
    "a Go application's own object",
    "Text",
    "application",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString","attempt":2}\n'],
  ],
  [
    "provided",
    "Rust, which the handler's own error! is too",
    "Text",
    "ambiguous",
    (id) => [`${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: busy\n`],
    true,
  ],
  [
    "provided",
    "Rust with the client's target",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: lambda_runtime::layers::trace: Busy("busy")\n`,
    ],
    true,
  ],
  [
    "provided",
    "Rust, a panic",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: user handler panicked error=Any { .. }\n`,
    ],
    true,
  ],
  [
    "provided",
    "Rust, JSON",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        fields: { message: "Busy" },
        span: { requestId: id, name: "Lambda runtime invoke" },
        spans: [],
      }),
    ],
    true,
  ],
];

export const LINE_FORMS: readonly LineForm[] = ROWS.map(
  ([family, title, format, kind, events, namesRequest = false]) => ({
    family,
    title,
    format,
    kind,
    events,
    namesRequest,
  }),
);
