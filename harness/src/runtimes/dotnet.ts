/** .NET (docs/aws/runtime-logs.md#net). */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import { launched } from "./launched.ts";
import type { HandlerParts, RuntimeFamily } from "./runtime-family.ts";
import { doubtful, failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const dotnet = {
  name: "dotnet",
  title: ".NET",
  language: "dotnet",
  versions: [
    { runtime: "dotnet8", release: "8", state: "deprecated" },
    { runtime: "dotnet10", release: "10", state: "current" },
  ],
  log: {
    descriptor: "frames",
    marks: { afterId: ["fail", "crit"], afterQuote: ["errorType", "errorMessage"] },
    read: readLine,
    bareLines,
    shownBehind: ["text", "INFO"],
    alike: { Text: "`Console.Error.WriteLine(exception)`", JSON: "nothing, unless the line was cut off" },
  },
  local: {
    client: null,
    clientOfAws: null,
    preferred: "dotnet10",
    interpreter: null,
    launcher: 'dotnet "$_HANDLER.dll"',
    installCommand: (release) => `dotnet-install.sh --channel ${release}.0`,
    wrapper: true,
    commandLine: launched,
    // DOTNET_ROOT is left out, because nothing is installed here in Lambda's /var/lang/bin, and the user's dotnet knows its own folder.
    variables: ({ version }) => ({
      changeable: {},
      reserved: { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`, LAMBDA_RUNTIME_NAME: version.runtime },
    }),
    handler: {
      ofPackage,
      ofSource: (name) => name,
      example: "Assembly::Namespace.Type::Method",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [],
      moduleFile: /\.dll$/,
      owns: (files) => files.some((file) => file.endsWith(".runtimeconfig.json")),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

/** The handler is the name of the package's only program. For a class library, the user must name the handler. */
function ofPackage(files: readonly string[]): string | null {
  const programs = files.flatMap((file) => /^([^/]+)\.runtimeconfig\.json$/.exec(file)?.[1] ?? []);
  const [only, ...others] = programs;
  return only === undefined || others.length > 0 ? null : only;
}

/** The form is `Assembly::Namespace.Type::Method`, or the name of an assembly with a main method. */
function cutHandler(handler: string): HandlerParts | null {
  const [, assembly] = /^([\w.+-]+)(?:::[\w.+`]+::\w+)?$/.exec(handler) ?? [];
  return assembly === undefined
    ? null
    : { files: [`${assembly}.dll`, assembly], filesInWords: `${assembly}.dll`, path: [] };
}

/** `time id fail`, then the exception's `ToString()`. */
const FAILED =
  /^\d{4}-\d\d-\d\dT\S+[\t ](?:[\t ]*([0-9A-Za-z-]{8,64})[\t ]+|[\t ]+)(?:fail|crit)[\t ]+([^]*)/u;
/** Usually `Namespace.Type: message`. After the name of a generic type there are brackets. */
const TYPE = /^([\p{L}_][\p{L}\p{N}_.+`]*)(?:\[[^\]]*\]+)?(?::|\s|$)/u;
/** A single word is an exception's type only if it has a namespace or the usual ending, or if a stack follows it directly. */
const NAMED = /[.+]|Exception$/;
const ALONE = /^[\p{L}\p{N}_`]+(?:\[[^\]]*\]+)?(?::|\s+at |\s*$)/u;
const STACK = /\sat [\p{L}_][^\s(]*\(/u;
/** A type after another text. Only a logger writes a text before the exception. */
const TYPE_BEHIND =
  /(?:: |\s)[\p{L}_][\p{L}\p{N}_]*(?:(?:[.+][\p{L}_][\p{L}\p{N}_`]*)+|Exception)(?::| \(0x)/u;
const LEVELS: readonly unknown[] = ["Error", "Critical"];

function readLine({ text, object, cut }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object, cut === true);
  const match = FAILED.exec(text);
  const [, requestId = null, said = ""] = match ?? [];
  if (match === null) return null;
  const [, errorType = ""] = TYPE.exec(said) ?? [];
  const stackAt = said.search(STACK);
  // A function that logs `exception.ToString()` as an error writes exactly the same line as the runtime client.
  if (NAMED.test(errorType) || (stackAt !== -1 && ALONE.test(said))) return doubtful(requestId, errorType);
  // An exception class can override `ToString()`, and then the text need not begin with the type.
  return stackAt === -1 || TYPE_BEHIND.test(said.slice(0, stackAt)) ? null : doubtful(requestId, null);
}

/** The client logs the exception without `message`. A logger always adds `message`. */
function readObject(object: JsonObject, cut: boolean): RuntimeLine | null {
  const { level, message } = object;
  const errorType = textOf(object["errorType"]);
  if (!LEVELS.includes(level)) return null;
  if (errorType === null && !(cut && typeof object["errorMessage"] === "string")) return null;
  const requestId = textOf(object["requestId"]);
  if (textOf(message) !== null) return { kind: "application", requestId, errorType };
  return failure(requestId, errorType);
}

function bareLines(requestId: string, errorType: string): readonly string[] {
  const at = "1970-01-01T00:00:00.000Z";
  const error = { level: "Error", message: null, errorType, errorMessage: "" };
  return [
    ...[requestId, ""].flatMap((id) =>
      [`${errorType}: `, "a b"].map((said) => `${at}\t${id}\tfail\t${said}\n   at a.b(`),
    ),
    ...[{ requestId }, {}].flatMap((id) => [
      JSON.stringify({ ...error, ...id }),
      JSON.stringify({ ...id, ...error }).slice(0, -1),
      JSON.stringify({ ...id, level: "Error", errorMessage: "" }).slice(0, -1),
    ]),
  ];
}
