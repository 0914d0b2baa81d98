/** Python (docs/aws/runtime-logs.md#python). */
import { textOf, type JsonObject } from "../../base/json-object.ts";
import type { FamilyVariableFacts, FamilyVariables, HandlerParts, RuntimeFamily } from "./runtime-family.ts";
import { doubtful, failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

/** If the user named no handler, a package is searched for these modules in this order. */
const ENTRY_MODULES = ["index", "app", "main", "lambda_function"];
/** From this minor version on, Lambda sets LC_CTYPE. */
const LC_CTYPE_SINCE = 12;

export const python = {
  name: "python",
  title: "Python",
  language: "python",
  versions: [
    { runtime: "python3.9", release: "3.9", state: "deprecated" },
    { runtime: "python3.10", release: "3.10", state: "current" },
    { runtime: "python3.11", release: "3.11", state: "current" },
    { runtime: "python3.12", release: "3.12", state: "current" },
    { runtime: "python3.13", release: "3.13", state: "current" },
    { runtime: "python3.14", release: "3.14", state: "current" },
  ],
  log: {
    descriptor: "frames",
    read: readLine,
    bareLines,
    foreignFrames: /<frozen |\/lib\/python3|\/awslambdaric\/|\/bootstrap\.py/,
    shownBehind: ["text", "INFO"],
  },
  local: {
    client: "python",
    clientOfAws: "installed",
    preferred: "python3.13",
    interpreter: ({ release }) => `/var/lang/bin/python${release}`,
    launcher: null,
    installCommand: (release) => `pyenv install ${release} or uv python install ${release}`,
    wrapper: true,
    // Without -B, environments that share a writable folder would write their bytecode into it.
    commandLine: ({ interpreter, clientFile, layers }) => [interpreter, "-B", clientFile, ...layers],
    variables,
    handler: {
      ofPackage,
      ofSource: (name) => `${name}.handler`,
      names: ["handler", "lambda_handler"],
      example: "app.handler",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [".py"],
      requirements: "requirements.txt",
      moduleFile: /\.py$/,
      owns: (files) => files.some((file) => file.endsWith(".py")),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

function variables({ version, runtimeFolder }: FamilyVariableFacts): FamilyVariables {
  const setsLocale = Number(version.release.split(".")[1]) >= LC_CTYPE_SINCE;
  return {
    changeable: { PYTHONPATH: runtimeFolder, ...(setsLocale ? { LC_CTYPE: "C.UTF-8" } : {}) },
    reserved: { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` },
  };
}

function ofPackage(files: readonly string[]): string | null {
  const modules = files.flatMap((file) => (/^[^/]+\.py$/.test(file) ? [file.slice(0, -".py".length)] : []));
  const entry = ENTRY_MODULES.find((name) => modules.includes(name));
  const [only, ...others] = modules;
  const module = entry ?? (others.length === 0 ? only : undefined);
  return module === undefined ? null : `${module}.handler`;
}

/** Only the last dot separates the function; dots before it separate packages. */
function cutHandler(handler: string): HandlerParts | null {
  const [, module, name] = /^(.+)\.([^./]+)$/.exec(handler) ?? [];
  if (module === undefined || name === undefined) return null;
  const path = module.replaceAll(".", "/");
  return { files: [`${path}.py`, `${path}/__init__.py`], filesInWords: `${path}.py`, path: [name] };
}

/** The client's error line, which has neither a time nor an id. The message may be missing, and copying may have joined the lines. */
const RUNTIME_ERROR =
  /^\[ERROR\] ([\p{L}_][\p{L}\p{N}_.]*)(?::|\s*$|[\r\n]|\s+Traceback \(most recent call last\):)/u;
/** Some clients write this sentence after an unhandled exception, and never otherwise. The error may follow in the same event. */
const WARNING = /^(?:\[WARNING\]\s[^\r\n]*?\s)?LAMBDA_WARNING: Unhandled exception\./;
const ANYWHERE = /LAMBDA_WARNING: Unhandled exception/;
/** Only the client indents its frames with no-break spaces. */
const CLIENT_FRAMES = /[\r\n]\u00a0/;

/** If the module could not be imported, clients before December 2018 wrote this line in each invocation. */
const IMPORT_ERROR = /^Unable to import module '[^']*':/;
function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const exact = readText(text);
  // The level of this sentence can be WARNING.
  return exact ?? (ANYWHERE.test(text.replace(/[\r\n]+/g, "")) ? doubtful() : null);
}

function readText(text: string): RuntimeLine | null {
  if (IMPORT_ERROR.test(text)) return failure(null, "Runtime.ImportModuleError");
  if (WARNING.test(text))
    return failure(null, /\[ERROR\] ([\p{L}_][\p{L}\p{N}_.]*)/u.exec(text)?.[1] ?? null);
  const errorType = RUNTIME_ERROR.exec(text)?.[1];
  // Without these frames, a `print` in the function can write the same line.
  return errorType !== undefined && (errorType.startsWith("Runtime.") || CLIENT_FRAMES.test(text))
    ? failure(null, errorType)
    : null;
}

/** The client's object has no `message`. A logger's object always has one. */
function readObject(object: JsonObject): RuntimeLine | null {
  const { message, logger } = object;
  const requestId = textOf(object["requestId"]);
  if (typeof message === "string" && ANYWHERE.test(message))
    return object["level"] === "WARNING" && WARNING.test(message) ? failure(requestId, null) : doubtful();
  const errorType = textOf(object["errorType"]);
  if (errorType === null || (object["level"] === undefined) === (object["log_level"] === undefined))
    return null;
  if (message !== undefined || logger !== undefined) return null;
  if (!isList(object["stackTrace"]) || typeof object["requestId"] !== "string") return null;
  return requestId === null ? { kind: "failed-init", requestId, errorType } : failure(requestId, errorType);
}
function bareLines(requestId: string, errorType: string): readonly string[] {
  const error = { level: "ERROR", errorMessage: "", errorType, stackTrace: [] };
  const cut = { level: "ERROR", errorMessage: "" };
  return [
    `[ERROR] ${errorType}: \nTraceback (most recent call last):\n\u00a0`,
    "Unable to import module '':",
    "LAMBDA_WARNING: Unhandled exception.",
    `LAMBDA_WARNING: Unhandled exception. [ERROR] ${errorType}`,
    `[ERROR] ${errorType}: `,
    `: ${errorType}\nTraceback (most recent call last):\n\n${errorType}: `,
    ...[requestId, "-"].map((id) => JSON.stringify({ ...error, requestId: id })),
    ...[{ requestId, errorType }, { requestId }, { errorType }, {}].map((known) =>
      JSON.stringify({ ...known, ...cut }).slice(0, -1),
    ),
  ];
}
