/** The failure lines of the .NET clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, json, lineForms } from "./line-form.ts";

export const LINES = lineForms("dotnet", [
  [
    "a failure as text; a logged exception looks the same",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tfail\tExample.PeerBusyException: busy\n   at Example.Function.Handle() in /src/F.cs:line 7\n`,
    ],
    true,
  ],
  [
    "a class whose name does not end in Exception",
    "Text",
    "ambiguous",
    (id) => [`${AT}\t${id}\tfail\tExample.PeerBusy: busy\n   at Example.Function.Handle()\n`],
    true,
  ],
  [
    "a class in the global namespace",
    "Text",
    "ambiguous",
    (id) => [`${AT}\t${id}\tfail\tPeerBusy\n   at Function.Handle() in /src/F.cs:line 7\n`],
    true,
  ],
  [
    "a generic class, with spaces instead of TABs",
    "Text",
    "ambiguous",
    (id) => [`${AT} ${id} fail Example.Busy\`1[System.String]: busy    at Example.Function.Handle()`],
    true,
  ],
  [
    "a sentence that is logged as an error",
    "Text",
    "ambiguous",
    (id) => [`${AT}\t${id}\tfail\tRetrying: the gateway is busy\n`],
    true,
  ],
  [
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
    "a logged exception, JSON",
    "JSON",
    "ambiguous",
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
    "an exception class that overrides ToString()",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tfail\tGateway busy (code 3)\n   at Example.Function.Handle() in /src/F.cs:line 7\n`,
    ],
    true,
  ],
  [
    "LogError(exception, text)",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tfail\tcould not do it\nExample.PeerBusyException: busy\n   at Example.Function.Handle()\n`,
    ],
    true,
  ],
  [
    "LogError(one text that contains the exception)",
    "Text",
    "ambiguous",
    (id) => [
      `${AT}\t${id}\tfail\tcould not do it: Example.PeerBusyException: busy\n   at Example.Function.Handle()\n`,
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
        level: "Error",
        requestId: id,
        traceId: "x",
        message: null,
        errorType: "Example.PeerBusy",
        errorMessage: "busy, and more",
      }).slice(0, -9),
    ],
    true,
  ],
]);
