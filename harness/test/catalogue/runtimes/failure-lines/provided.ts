/** The failure lines of the Go and Rust clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, json, lineForms } from "./line-form.ts";

export const LINES = lineForms("provided", [
  [
    "a Go error",
    "Text",
    "failed-invocation",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "a Go error with a log prefix that the user has set",
    "Text",
    "ambiguous",
    () => ['[plc] main.go:7: {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "a panic in Go",
    "Text",
    "failed-invocation",
    () => [
      '2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"string","stackTrace":[{"path":"main.go","line":7,"label":"main.handle"}]}\n',
    ],
  ],
  [
    "a Go error through slog",
    "JSON",
    "failed-invocation",
    () => [json({ time: AT, level: "INFO", msg: '{"errorMessage":"busy","errorType":"errorString"}' })],
  ],
  [
    "a Go application's own object",
    "Text",
    "ambiguous",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString","attempt":2}\n'],
  ],
  [
    "a Rust error; error! in the handler looks the same",
    "Text",
    "ambiguous",
    (id) => [`${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: busy\n`],
    true,
  ],
  [
    "a Rust error with the client's log target",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: lambda_runtime::layers::trace: Busy("busy")\n`,
    ],
    true,
  ],
  [
    "a panic in Rust",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: user handler panicked error=Any { .. }\n`,
    ],
    true,
  ],
  [
    "a Rust error in JSON format; error! in the handler looks the same",
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
  [
    "a Rust error in JSON format with the client's log target but no span, because the tracing subscriber has level WARN",
    "JSON",
    "failed-invocation",
    () => [
      json({
        timestamp: AT,
        level: "ERROR",
        fields: { message: "Busy" },
        target: "lambda_runtime::layers::trace",
      }),
    ],
  ],
  [
    "the error answer of another function, which this function printed",
    "Text",
    "ambiguous",
    () => ['{"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
]);
