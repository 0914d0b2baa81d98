/** The failure lines of the Go and Rust clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, json, lineForms } from "./line-form.ts";

export const PROVIDED_LINES = lineForms("provided", [
  [
    "Go",
    "Text",
    "failed-invocation",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "Go with a log prefix that the user has set",
    "Text",
    "failed-invocation",
    () => ['[plc] main.go:7: {"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
  [
    "Go, a panic",
    "Text",
    "failed-invocation",
    () => [
      '2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"string","stackTrace":[{"path":"main.go","line":7,"label":"main.handle"}]}\n',
    ],
  ],
  [
    "Go through slog",
    "JSON",
    "failed-invocation",
    () => [json({ time: AT, level: "INFO", msg: '{"errorMessage":"busy","errorType":"errorString"}' })],
  ],
  [
    "a Go application's own object",
    "Text",
    "application",
    () => ['2026/11/25 01:02:03 {"errorMessage":"busy","errorType":"errorString","attempt":2}\n'],
  ],
  [
    "Rust; error! in the handler looks the same",
    "Text",
    "ambiguous",
    (id) => [`${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: busy\n`],
    true,
  ],
  [
    "Rust with the client's log target",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: lambda_runtime::layers::trace: Busy("busy")\n`,
    ],
    true,
  ],
  [
    "Rust, a panic",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT} ERROR Lambda runtime invoke{requestId="${id}" xrayTraceId="Root=1"}: user handler panicked error=Any { .. }\n`,
    ],
    true,
  ],
  [
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
  [
    "Rust, JSON of a subscriber at level WARN, with the client's log target",
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
    "the printed answer of another function",
    "Text",
    "ambiguous",
    () => ['{"errorMessage":"busy","errorType":"errorString"}\n'],
  ],
]);
