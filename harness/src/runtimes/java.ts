/** Java: its versions, how it is started, what its handlers look like, and how its client logs (docs/aws/runtime-logs.md#java). */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import type { HandlerParts, RuntimeFamily, StartFacts } from "./runtime-family.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

/** Up to this release Lambda switches tiered compilation off. Later releases stop at its first tier. */
const LAST_WITHOUT_TIERS = 11;
const MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

export const java = {
  name: "java",
  title: "Java",
  language: "java",
  versions: [
    { runtime: "java11", release: "11", state: "current" },
    { runtime: "java17", release: "17", state: "current" },
    { runtime: "java21", release: "21", state: "current" },
    { runtime: "java25", release: "25", state: "current" },
  ],
  log: {
    descriptor: "frames",
    marks: [".java:", "\n\tat ", "\n    at ", ": java.lang.", "AWSRequestId", "\\n\\tat "],
    read: readLine,
    shownBehind: ["text", "INFO"],
    alike: { Text: null, JSON: null },
  },
  local: {
    client: "java",
    preferred: "java21",
    toolchains: ["java"],
    interpreter: () => "/var/lang/bin/java",
    installCommand: (release) => `sdk install java ${release}`,
    wrapper: true,
    commandLine,
    variables: ({ version }) => ({
      changeable: {},
      reserved: { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` },
    }),
    handler: {
      ofPackage: () => null,
      ofSource: (name) => name,
      example: "example.App::handle",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [],
      moduleFile: /\.class$/,
      containers: /^lib\/[^/]+\.jar$/,
      owns: (files) => files.some((file) => file.endsWith(".class") || /^lib\/[^/]+\.jar$/.test(file)),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

/** Adds Lambda's options (docs/aws/runtimes.md#jvm-options). Without the last option the client could not use the log descriptor. */
function commandLine({
  version,
  interpreter,
  clientFile,
  handler,
  memorySizeMb,
}: StartFacts): readonly string[] {
  const tiers =
    Number(version.release) <= LAST_WITHOUT_TIERS
      ? ["-XX:-TieredCompilation"]
      : ["-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"];
  return [
    interpreter,
    `-XX:MaxHeapSize=${Math.ceil(memorySizeMb * 1024 * 0.85)}k`,
    "-XX:+UseSerialGC",
    ...tiers,
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "-cp",
    clientFile,
    MAIN_CLASS,
    handler,
  ];
}

/** Cuts a handler of the form `package.Class::method` or `package.Class`. */
function cutHandler(handler: string): HandlerParts | null {
  const [, name] = /^([\w$]+(?:\.[\w$]+)*)(?:::[\w$]+)?$/.exec(handler) ?? [];
  if (name === undefined) return null;
  const file = `${name.replaceAll(".", "/")}.class`;
  return { files: [file], filesInWords: file, path: [] };
}

const STACK = /\s+at /;
/** Each run of white space counts as one space, because text copied from the console may have its lines joined. */
const CLASS_TWICE = /: ([\p{L}\p{N}_$]+(?:\.[\p{L}\p{N}_$]+)*) \1(?=: | at |$)/gu;
const NOT_FOUND = /^Class not found: \S+: (java\.lang\.ClassNotFoundException)\s*$/m;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const errorType = repeatedClass(text);
  return errorType === null ? null : failure(null, errorType);
}

/** In JSON the client's text is in `message`. A message without the repeated class comes from a logger. */
function readObject(object: JsonObject): RuntimeLine | null {
  const { message, level } = object;
  if (typeof message !== "string" || typeof level !== "string") return null;
  const requestId = textOf(object["AWSRequestId"]);
  const errorType = repeatedClass(message);
  if (errorType !== null) return failure(requestId, errorType);
  return requestId !== null && STACK.test(message) ? { kind: "application", requestId, errorType } : null;
}

/**
 * Before the stack, the client writes message and class, then class and message: `busy: a.Busy`, `a.Busy: busy`. This is also so for a message
 * of several lines. No logger writes both.
 */
function repeatedClass(text: string): string | null {
  const notFound = NOT_FOUND.exec(text)?.[1];
  if (notFound !== undefined && text.startsWith("Class not found: ")) return notFound;
  const words = text.replace(/\s+/g, " ").trim();
  for (const match of words.matchAll(CLASS_TWICE)) {
    const [whole, errorType = ""] = match;
    const message = words.slice(0, match.index);
    const again = words.slice(match.index + whole.length);
    if (again.startsWith(": ") && isMessage(again.slice(2), message)) return errorType;
    if (!again.startsWith(": ") && (message === errorType || message === "null")) return errorType;
  }
  return null;
}

/** Whether the text is the message, followed by the stack or by nothing. */
function isMessage(text: string, message: string): boolean {
  return text === message || text.startsWith(`${message} at `);
}
