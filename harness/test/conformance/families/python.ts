/** Python, with AWS's awslambdaric (docs/aws/runtimes.md). */
import { buildPython } from "./build-function.ts";
import { CONTEXT, ECHO, exited, NOTHING } from "./common-cases.ts";
import type { Family, FamilyCase, InitCase } from "./family-case.ts";

const UNMARSHALLED = "Unable to marshal response: Object of type set is not JSON serializable";

function frame(line: string): string {
  return `  File "/var/task/app.py", line N, in handler\n    ${line}\n`;
}

function failed(
  title: string,
  what: string,
  errorType: string,
  errorMessage: string,
  line: string,
): FamilyCase {
  // In the log, the client indents the lines of a trace with no-break spaces.
  const indented = frame(line)
    .trimEnd()
    .replaceAll(/^ +/gm, (spaces) => "\u00a0".repeat(spaces.length));
  return {
    title,
    event: { do: what },
    body: { errorMessage, errorType, requestId: "ID", stackTrace: [frame(line)] },
    errorHeader: null,
    log: [`[ERROR] ${errorType}: ${errorMessage}\nTraceback (most recent call last):\n${indented}`],
  };
}

function notLoaded(title: string, handler: string, errorType: string, errorMessage: string): InitCase {
  return {
    title,
    handler,
    body: { errorMessage, errorType, requestId: "", stackTrace: [] },
    call: "init/error",
    errorHeader: errorType,
  };
}

export const python: Family = {
  title: "Python",
  name: "python",
  tools: [["python3", "-m", "pip", "--version"]],
  handler: "app.handler",
  build: buildPython,
  invocations: [
    ECHO,
    NOTHING,
    CONTEXT,
    failed("an error", "fail", "ValueError", "bad\nnews", 'raise ValueError("bad\\nnews")'),
    failed("an error of a custom type", "own", "OwnError", "own", 'raise OwnError("own")'),
    failed(
      "an error with a cause",
      "cause",
      "RuntimeError",
      "outer",
      'raise RuntimeError("outer") from inner',
    ),
    {
      title: "an answer that JSON cannot represent",
      event: { do: "unmarshalled" },
      body: {
        errorMessage: UNMARSHALLED,
        errorType: "Runtime.MarshalError",
        requestId: "ID",
        stackTrace: [],
      },
      errorHeader: null,
      log: [`[ERROR] Runtime.MarshalError: ${UNMARSHALLED}\nTraceback (most recent call last):`],
    },
    {
      title: "log lines",
      event: { do: "log" },
      body: { do: "log" },
      log: ["one", "two", "[ERROR]\tTIME\tID\tthree\nfour"],
    },
  ],
  ends: [
    { title: "sys.exit", event: { do: "exit" }, body: exited(7), by: "platform" },
    { title: "os._exit", event: { do: "die" }, body: exited(7), by: "platform" },
  ],
  inits: [
    {
      title: "an exception",
      environment: { INIT: "raise" },
      body: {
        errorMessage: "at init",
        errorType: "OwnError",
        requestId: "",
        stackTrace: [
          '  File "LIBRARY/importlib/__init__.py", line N, in import_module\n    return _bootstrap._gcd_import(name[level:], package, level)\n',
        ],
      },
      call: "init/error",
      errorHeader: "OwnError",
    },
    { title: "sys.exit", environment: { INIT: "exit" }, body: exited(3), call: "none" },
    notLoaded(
      "no such module",
      "other.handler",
      "Runtime.ImportModuleError",
      "Unable to import module 'other': No module named 'other'",
    ),
    notLoaded(
      "no such function",
      "app.other",
      "Runtime.HandlerNotFound",
      "Handler 'other' missing on module 'app'",
    ),
    notLoaded(
      "a handler without a dot",
      "app",
      "Runtime.MalformedHandlerName",
      "Bad handler 'app': not enough values to unpack (expected 2, got 1)",
    ),
  ],
  json: {
    event: { do: "own" },
    log: [
      {
        timestamp: "TIME",
        level: "ERROR",
        errorMessage: "own",
        errorType: "OwnError",
        requestId: "ID",
        stackTrace: [frame('raise OwnError("own")')],
      },
    ],
  },
};
