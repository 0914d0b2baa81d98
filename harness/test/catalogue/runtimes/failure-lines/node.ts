/**
 * The failure lines that AWS's runtime interface clients for Node.js write, and similar lines that functions write
 * (docs/aws/runtime-logs.md). Client 3 and client 4 are the clients' major versions.
 */
import { AT, json, lineForms } from "./line-form.ts";

export const LINES = lineForms("node", [
  [
    "an error that client 3 or 4 writes in text format",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT}\t${id}\tERROR\tInvoke Error \t{"errorType":"PeerBusy","errorMessage":"busy","stack":[]}\n`,
    ],
    true,
  ],
  [
    "an error that client 4 writes after the request ID was lost",
    "Text",
    "failed-invocation",
    () => [`${AT}\t-\tERROR\tInvoke Error \t{"errorType":"PeerBusy","errorMessage":"busy","stack":[]}\n`],
  ],
  [
    "an unhandled rejection",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"}\n`,
    ],
    true,
  ],
  [
    "an object that the console shows over several lines",
    "Text",
    "failed-invocation",
    (id) => [
      `${AT}\t${id}\tERROR\tInvoke Error \t\n{\n    "errorType": "PeerBusy",\n    "errorMessage": "busy",\n    "stack": []\n}\n`,
    ],
    true,
  ],
  [
    "a thrown object that is not an Error",
    "Text",
    "failed-invocation",
    (id) => [`${AT}\t${id}\tERROR\tInvoke Error \t{"code":"BUSY","retryable":false}\n`],
    true,
  ],
  [
    "a thrown text",
    "Text",
    "failed-invocation",
    (id) => [`${AT}\t${id}\tERROR\tInvoke Error \t"busy"\n`],
    true,
  ],
  [
    "an error with spaces instead of TABs",
    "Text",
    "failed-invocation",
    (id) => [`${AT} ${id} ERROR Invoke Error {"errorType":"PeerBusy"}`],
    true,
  ],
  [
    "console.error(error) in text format",
    "Text",
    "ambiguous",
    (id) => [`${AT}\t${id}\tERROR\tPeerBusy: busy\n    at handler (file:///var/task/index.mjs:3:9)\n`],
    true,
  ],
  [
    "console.error(text, error) in text format",
    "Text",
    "ambiguous",
    (id) => [`${AT}\t${id}\tERROR\tInvoke Error PeerBusy: busy\n    at handler (index.mjs:3:9)\n`],
    true,
  ],
  [
    "an error in JSON format; console.error(error) looks the same",
    "JSON",
    "ambiguous",
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
    "JSON of a client that has lost the request ID",
    "JSON",
    "ambiguous",
    () => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: "-",
        message: { errorType: "PeerBusy", errorMessage: "busy", stackTrace: [] },
      }),
    ],
  ],
  [
    "console.error(text, error) in JSON format",
    "JSON",
    "ambiguous",
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
    "JSON of an error with its own toJSON",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message: {
          message: "busy",
          name: "PeerBusy",
          stack: "PeerBusy: busy\n    at x (i.mjs:1:1)",
          code: 7,
        },
      }),
    ],
    true,
  ],
  [
    "JSON of an error with its own toJSON and no stack",
    "JSON",
    "ambiguous",
    (id) => [json({ timestamp: AT, level: "ERROR", requestId: id, message: { message: "busy", code: 7 } })],
    true,
  ],
  [
    "JSON of a circular error",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message:
          "Error: busy\n    at Runtime.handler (file:///var/task/index.mjs:3:9) {\n  a: [Circular *1]\n}",
      }),
    ],
    true,
  ],
  [
    "JSON of an error whose class has no name",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message: { errorType: "", errorMessage: "busy", stackTrace: ["Error: busy"] },
      }),
    ],
    true,
  ],
  [
    "JSON that was cut off",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        timestamp: AT,
        level: "ERROR",
        requestId: id,
        message: { errorType: "PeerBusy", errorMessage: "busy, and more" },
      }).slice(0, -10),
    ],
    true,
  ],
  [
    "an error that the logger of Powertools writes",
    "JSON",
    "ambiguous",
    (id) => [
      json({
        level: "ERROR",
        message: "busy",
        timestamp: AT,
        service: "gw",
        function_request_id: id,
        error: { name: "PeerBusy", message: "busy", stack: "PeerBusy: busy\n    at x (i.mjs:1:1)" },
      }),
    ],
    true,
  ],
]);
