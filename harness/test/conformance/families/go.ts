/** Go, with AWS's aws-lambda-go (docs/aws/runtimes.md). */
import { buildGo } from "./build-function.ts";
import { CONTEXT, ECHO, exited, NOTHING } from "./common-cases.ts";
import type { Family } from "./family-case.ts";

export const go: Family = {
  title: "Go",
  name: "provided",
  tools: [["go", "version"]],
  handler: "bootstrap",
  build: buildGo,
  invocations: [
    ECHO,
    NOTHING,
    CONTEXT,
    {
      title: "an error",
      event: { do: "fail" },
      body: { errorMessage: "bad\nnews", errorType: "errorString" },
      errorHeader: null,
      log: ['{"errorMessage":"bad\\nnews","errorType":"errorString"}'],
    },
    {
      title: "an error of a custom type",
      event: { do: "own" },
      body: { errorMessage: "own", errorType: "ownError" },
      errorHeader: null,
      log: ['{"errorMessage":"own","errorType":"ownError"}'],
    },
    {
      title: "an error with a cause",
      event: { do: "cause" },
      body: { errorMessage: "outer: inner", errorType: "wrapError" },
      errorHeader: null,
      log: ['{"errorMessage":"outer: inner","errorType":"wrapError"}'],
    },
    {
      title: "an answer that JSON cannot represent",
      event: { do: "unmarshalled" },
      body: { errorMessage: "json: unsupported type: func()", errorType: "UnsupportedTypeError" },
      errorHeader: null,
      log: ['{"errorMessage":"json: unsupported type: func()","errorType":"UnsupportedTypeError"}'],
    },
    { title: "log lines", event: { do: "log" }, body: { do: "log", text: "" }, log: ["one", "two", "three"] },
  ],
  ends: [
    {
      title: "a panic",
      event: { do: "panic" },
      body: {
        errorMessage: "no way",
        errorType: "string",
        stackTrace: [
          {
            path: "github.com/aws/aws-lambda-go@v1.49.0/lambda/errors.go",
            line: "N",
            label: "lambdaPanicResponse",
          },
        ],
      },
      errorHeader: null,
    },
    { title: "os.Exit", event: { do: "exit" }, body: exited(7), by: "platform" },
  ],
  inits: [
    { title: "a panic", environment: { INIT: "panic" }, body: exited(2), call: "none" },
    { title: "os.Exit", environment: { INIT: "exit" }, body: exited(3), call: "none" },
  ],
  json: null,
};
