/** Java, with AWS's aws-lambda-java-runtime-interface-client (docs/aws/runtimes.md). */
import { buildJava } from "./build-function.ts";
import { CONTEXT, ECHO, exited, NOTHING } from "./common-cases.ts";
import type { Family, FamilyCase } from "./family-case.ts";

const BAD_CODE = "Runtime.BadFunctionCode";
const FRAME = "example.App.handle(App.java:N)";

/** Returns the client's log text: message and class, then the exception as Java prints it. Frames of Java's own classes are left out. */
function logged(errorClass: string, message: string): string {
  return `${message}: ${errorClass}\n${errorClass}: ${message}\n\tat ${FRAME}`;
}

function failed(title: string, what: string, errorType: string, errorMessage: string, rest = ""): FamilyCase {
  return {
    title,
    event: { do: what },
    body: { errorMessage, errorType, stackTrace: [FRAME] },
    errorHeader: "Runtime.UserException",
    log: [logged(errorType, errorMessage) + rest],
  };
}

export const java: Family = {
  title: "Java",
  name: "java",
  tools: [
    ["javac", "-version"],
    ["mvn", "--version"],
  ],
  handler: "example.App::handle",
  build: buildJava,
  invocations: [
    ECHO,
    NOTHING,
    CONTEXT,
    failed("an exception", "fail", "java.lang.IllegalStateException", "bad\nnews"),
    failed("an exception of a custom class", "own", "example.App$OwnException", "own"),
    failed(
      "an exception with a cause",
      "cause",
      "java.lang.Exception",
      "outer",
      "\nCaused by: example.App$OwnException: inner\n\t... N more",
    ),
    { title: "log lines", event: { do: "log" }, body: { do: "log" }, log: ["one", "two", "three\nfour"] },
  ],
  ends: [
    {
      title: "a stack overflow",
      event: { do: "overflow" },
      body: {
        errorMessage: "java.lang.StackOverflowError",
        errorType: "java.lang.StackOverflowError",
        stackTrace: ["example.App.deeper(App.java:N)"],
      },
      errorHeader: "Runtime.UserException",
      log: [
        "java.lang.StackOverflowError: java.lang.StackOverflowError\njava.lang.StackOverflowError\n\tat example.App.deeper(App.java:N)",
      ],
    },
    { title: "System.exit", event: { do: "exit" }, body: exited(7), by: "platform" },
  ],
  inits: [
    {
      title: "an exception in a static block",
      environment: { INIT: "raise" },
      body: {
        errorMessage: "Error loading class example.App",
        errorType: "java.lang.ExceptionInInitializerError",
      },
      call: "init/error",
      errorHeader: BAD_CODE,
    },
    { title: "System.exit", environment: { INIT: "exit" }, body: exited(3), call: "none" },
    {
      title: "no such class",
      handler: "example.Other::handle",
      body: { errorMessage: "Class not found: example.Other", errorType: "java.lang.ClassNotFoundException" },
      call: "invocation/error",
      errorHeader: BAD_CODE,
    },
    {
      title: "no such method",
      handler: "example.App::other",
      body: {
        errorMessage:
          "No public method named other with appropriate method signature found on class example.App",
      },
      call: "invocation/error",
      errorHeader: BAD_CODE,
    },
  ],
  json: {
    event: { do: "own" },
    log: [
      {
        timestamp: "TIME",
        message: `${logged("example.App$OwnException", "own")}\n\n`,
        level: "ERROR",
        AWSRequestId: "ID",
      },
    ],
  },
};
