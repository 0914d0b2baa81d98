/** .NET (docs/aws/runtime-logs.md#net). */
import { textOf } from "../../base/json-object.ts";
import { launched } from "./launched.ts";
import type { HandlerParts, RuntimeFamily } from "./runtime-family.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

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
    read: readLine,
    bareLines,
    shownBehind: ["text", "INFO"],
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

const LEVELS: readonly unknown[] = ["Error", "Critical"];

/** In JSON, the client logs the exception without `message`, and a logger always adds `message`. In text, a function can write the same line. */
function readLine({ object }: LogLine): RuntimeLine | null {
  const errorType = textOf(object?.["errorType"]);
  if (object === null || errorType === null) return null;
  if (!LEVELS.includes(object["level"]) || textOf(object["message"]) !== null) return null;
  return failure(textOf(object["requestId"]), errorType);
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
