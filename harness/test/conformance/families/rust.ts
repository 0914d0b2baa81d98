/** Rust, with AWS's lambda_runtime and its default log subscriber (docs/aws/runtimes.md). */
import { buildRust } from "./build-function.ts";
import { CONTEXT, ECHO, exited, NOTHING } from "./common-cases.ts";
import type { Family } from "./family-case.ts";

/** The error type of every error that the handler returns, because the client reports the type of the wrapper and not of the error inside. */
const ERROR = "&alloc::boxed::Box<dyn core::error::Error + core::marker::Send + core::marker::Sync>";
const INVOCATION = 'ERROR Lambda runtime invoke{requestId="ID" xrayTraceId="TRACE"}: ';

export const rust: Family = {
  title: "Rust",
  name: "provided",
  tools: [["cargo", "--version"]],
  handler: "bootstrap",
  build: (folder) => buildRust(folder),
  invocations: [
    ECHO,
    NOTHING,
    CONTEXT,
    {
      title: "an error",
      event: { do: "fail" },
      body: { errorType: ERROR, errorMessage: "bad\nnews" },
      errorHeader: "unhandled",
      log: [`${INVOCATION}"bad\\nnews"`],
    },
    {
      title: "an error of a custom type",
      event: { do: "own" },
      body: { errorType: ERROR, errorMessage: "own" },
      errorHeader: "unhandled",
      log: [`${INVOCATION}OwnError("own")`],
    },
    { title: "log lines", event: { do: "log" }, body: { do: "log" }, log: ["one", "two"] },
    {
      title: "a panic",
      event: { do: "panic" },
      body: {
        errorType: "&alloc::boxed::Box<dyn core::any::Any + core::marker::Send>",
        errorMessage: "Lambda panicked: no way",
      },
      errorHeader: "unhandled",
      // The output of a panic begins with an empty line, which is no log event.
      log: [
        "thread 'main' (N) panicked at src/main.rs:N:",
        "no way",
        "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
        `${INVOCATION}user handler panicked error=Any { .. }`,
      ],
    },
  ],
  ends: [{ title: "exit", event: { do: "exit" }, body: exited(7), by: "platform" }],
  inits: [{ title: "main returns an error", environment: { INIT: "fail" }, body: exited(1), call: "none" }],
  json: null,
};
