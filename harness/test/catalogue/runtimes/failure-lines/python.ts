/** The failure lines of the Python clients, and similar lines that functions write (docs/aws/runtime-logs.md). */
import { AT, NBSP, json, lineForms } from "./line-form.ts";

const stack = ["  File \"/var/task/app.py\", line 3, in handler\n    raise ValueError('busy')\n"];
export const LINES = lineForms("python", [
  [
    "text with a stack frame that is indented with no-break spaces, as only the client does",
    "Text",
    "failed-invocation",
    () => [
      `[ERROR] ValueError: busy\nTraceback (most recent call last):\n${NBSP}File "/var/task/app.py", line 3, in handler\n`,
    ],
  ],
  [
    "parts separated by CR",
    "Text",
    "failed-invocation",
    () => [
      `[ERROR] ValueError: busy\rTraceback (most recent call last):\r${NBSP}File "/var/task/app.py", line 3\r`,
    ],
  ],
  [
    "the client's error about a handler module that it cannot import",
    "Text",
    "failed-invocation",
    () => [
      "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'x'\nTraceback (most recent call last):",
    ],
  ],
  [
    "LAMBDA_WARNING, a sentence about runtime updates, whose end is left out here",
    "Text",
    "failed-invocation",
    () => ["LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code.\r"],
  ],
  [
    "LAMBDA_WARNING after the level [WARNING], with spaces instead of TABs",
    "Text",
    "failed-invocation",
    (id) => [`[WARNING] ${AT} ${id} LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue.`],
  ],
  [
    "a class whose name is not English",
    "Text",
    "failed-invocation",
    () => [
      `[ERROR] Störung: besetzt\nTraceback (most recent call last):\n${NBSP}File "/var/task/app.py", line 3\n`,
    ],
  ],
  [
    "no message, and lines that were joined when they were copied",
    "Text",
    "ambiguous",
    () => ['[ERROR] PeerBusy Traceback (most recent call last):   File "/var/task/app.py", line 3'],
  ],
  [
    "a line that a function can also write with `print`",
    "Text",
    "ambiguous",
    () => ["[ERROR] ValueError: busy\n"],
  ],
  [
    "logger.exception, text",
    "Text",
    "ambiguous",
    (id) => [
      `[ERROR]\t${AT}\t${id}\tbusy\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3\nValueError: busy\n`,
    ],
    true,
  ],
  [
    "logger.error with spaces instead of TABs",
    "Text",
    "ambiguous",
    (id) => [`[ERROR] ${AT} ${id} busy\n`],
    true,
  ],
  [
    "JSON with the level in `log_level`",
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
    "JSON with the level in `level`",
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
    "logger.exception, JSON",
    "JSON",
    "ambiguous",
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
  [
    "JSON that was cut off",
    "JSON",
    "ambiguous",
    () => [
      json({ timestamp: "2026-11-25T01:02:03Z", log_level: "ERROR", errorMessage: "busy, and more" }).slice(
        0,
        -9,
      ),
    ],
  ],
]);
