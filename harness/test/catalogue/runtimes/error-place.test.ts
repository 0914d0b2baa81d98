import { expect } from "chai";
import { errorPlace } from "../../../src/catalogue/runtimes/error-place.ts";

const EXITED = "RequestId: 1 Error: Runtime exited with error: exit status 2";
const json = (value: unknown): string => JSON.stringify(value);
const PLATFORM = json({ time: "2026-11-26T00:00:00Z", type: "platform.initStart", record: {} });

describe("errorPlace", () => {
  const cases: readonly (readonly [string, string | null, readonly string[], readonly string[]])[] = [
    [
      "Node, JSON",
      "no name",
      [
        PLATFORM,
        "starting\n",
        json({
          level: "ERROR",
          message: {
            errorType: "TypeError",
            errorMessage: "no name",
            stackTrace: [
              "TypeError: no name",
              "    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)",
              "    at read (file:///var/task/app.mjs:4:37)",
              "    at load (/var/runtime/index.cjs:119:180)",
            ],
          },
        }),
      ],
      ["at read (file:///var/task/app.mjs:4:37)"],
    ],
    [
      "Node, text",
      "no name",
      [
        `2026-11-26T00:00:00.000Z\tid\tERROR\tInvoke Error \t${json({ errorType: "Error", errorMessage: "no name", stack: ["Error: no name", "    at handler (/var/task/app.js:1:2)"] })}`,
      ],
      ["at handler (/var/task/app.js:1:2)"],
    ],
    [
      "Python, JSON",
      "'NAME'",
      [
        json({ level: "WARNING", message: "LAMBDA_WARNING: Unhandled exception. The most likely cause …" }),
        json({
          errorMessage: "'NAME'",
          errorType: "KeyError",
          stackTrace: [
            '  File "/var/lang/lib/python3.11/importlib/__init__.py", line 126, in import_module\n    return x\n',
            '  File "<frozen importlib._bootstrap>", line 690, in _load_unlocked\n',
            '  File "/var/task/app.py", line 2, in <module>\n    HOST = os.environ["NAME"]\n',
            '  File "<frozen os>", line 679, in __getitem__\n',
          ],
        }),
      ],
      ['File "/var/task/app.py", line 2, in <module>: HOST = os.environ["NAME"]'],
    ],
    [
      "Python, text",
      "'NAME'",
      [
        "[ERROR] KeyError: 'NAME'\nTraceback (most recent call last):\n  File \"/var/task/app.py\", line 2, in handler\n    return os.environ[name]\n",
      ],
      ['File "/var/task/app.py", line 2, in handler: return os.environ[name]'],
    ],
    [
      "Python, a process that ends before the handler is loaded: the first of two errors",
      "RequestId: 1 Error: Runtime exited with error: exit status 1",
      [
        "Traceback (most recent call last):\n",
        '  File "/var/runtime/bootstrap.py", line 7, in <module>\n    import json\n',
        '  File "/var/task/json.py", line 1, in <module>\n    NAME = os.environ["NAME"]\n',
        "KeyError: 'NAME'\n",
        "\nDuring handling of the above exception, another exception occurred:\n\n",
        "Traceback (most recent call last):\n",
        '  File "/var/task/json.py", line 3, in <module>\n    raise Missing("no name")\n',
        "json.Missing: no name\n",
      ],
      ["KeyError: 'NAME'", 'File "/var/task/json.py", line 1, in <module>: NAME = os.environ["NAME"]'],
    ],
    [
      "Java: the cause, and where it was thrown",
      "Error loading class Bad",
      [
        json({
          level: "ERROR",
          message:
            "Error loading class Bad: java.lang.ExceptionInInitializerError\njava.lang.ExceptionInInitializerError\n\tat java.base/java.lang.Class.forName(Class.java:467)\nCaused by: java.lang.NullPointerException: no name\n\tat Bad.<clinit>(Bad.java:2)\n\t... 2 more\n",
        }),
      ],
      ["Caused by: java.lang.NullPointerException: no name", "at Bad.<clinit>(Bad.java:2)"],
    ],
    [
      "Go: a panic in init",
      EXITED,
      [
        "ready\n",
        "panic: assignment to entry in nil map\n",
        "\n",
        "goroutine 1 [running]:\n",
        "main.init.0()\n",
        "\t/home/me/main.go:12 +0x48\n",
      ],
      ["panic: assignment to entry in nil map", "at /home/me/main.go:12 +0x48"],
    ],
    [
      "Go: a panic in the handler",
      "nil map",
      [
        `2026/11/26 09:23:22 ${json({
          errorMessage: "nil map",
          errorType: "plainError",
          stackTrace: [
            {
              path: "github.com/aws/aws-lambda-go@v1.49.0/lambda/errors.go",
              line: 39,
              label: "lambdaPanicResponse",
            },
            { path: "runtime/panic.go", line: 860, label: "gopanic" },
            { path: "app/main.go", line: 16, label: "main.func1" },
          ],
        })}`,
      ],
      ["at main.func1 (app/main.go:16)"],
    ],
    [
      "Rust: a panic in main",
      EXITED,
      ["thread 'main' panicked at src/main.rs:5:10:\n", "no name\n", "note: run with `RUST_BACKTRACE=1`\n"],
      ["thread 'main' panicked at src/main.rs:5:10:", "no name"],
    ],
    [
      "Rust: an error of main",
      EXITED,
      ["Error: Os { code: 2, kind: NotFound }\n"],
      ["Error: Os { code: 2, kind: NotFound }"],
    ],
    ["a time-out", "RequestId: 1 Error: Task timed out after 3.00 seconds", ["Error: another\n"], []],
    ["a log without the error", "no name", ["starting\n"], []],
  ];
  for (const [title, errorMessage, messages, lines] of cases)
    it(`returns ${lines.length === 0 ? "no place" : "where the error was thrown"}: ${title}`, () => {
      expect(errorPlace(messages, { errorMessage })).to.deep.equal(lines);
    });
});
