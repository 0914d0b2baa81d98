/** Node.js (docs/aws/nodejs.md): its versions, how it is started, what its handlers look like and how its clients 3 and 4 log. */
import type {
  FamilyVariableFacts,
  FamilyVariables,
  HandlerParts,
  RuntimeFamily,
  RuntimeVersion,
  StartFacts,
} from "./runtime-family.ts";
import { failure, textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

interface NodeVersion extends RuntimeVersion {
  /** Major version of AWS's client aws-lambda-ric that Lambda runs. */
  readonly clientMajor: number;
}

/** Everything that another version of Node changes here is its line, if it behaves like the last one. */
export const NODE_VERSIONS = [
  { runtime: "nodejs20.x", release: "20", state: "deprecated", clientMajor: 3 },
  { runtime: "nodejs22.x", release: "22", state: "current", clientMajor: 3 },
  { runtime: "nodejs24.x", release: "24", state: "current", clientMajor: 4 },
] as const satisfies readonly NodeVersion[];

const MODULE_ENDINGS = ["", ".js", ".mjs", ".cjs"];
const LAST_WITH_CALLBACKS = 22;

export const node = {
  name: "node",
  title: "Node",
  language: "nodejs",
  versions: NODE_VERSIONS,
  log: {
    descriptor: "frames",
    marks: ["\tERROR\t", " ERROR ", "errorType"],
    read: readLine,
    shownBehind: ["text", "INFO", "WARN", "ERROR"],
  },
  local: {
    client: "node",
    toolchains: ["node"],
    interpreter: "/var/lang/bin/node",
    commandLine: (start) => [start.interpreter, ...flags(start), start.clientFile],
    variables,
    handler: {
      default: "index.handler",
      ofSource: (name) => `${name}.handler`,
      example: "index.handler",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [".mjs", ".js", ".cjs", ".ts", ".mts", ".cts"],
      moduleFile: /\.(?:js|mjs|cjs)$/,
      owns: (files) => files.some((file) => /\.(?:js|mjs|cjs)$/.test(file)),
    },
  },
} as const satisfies RuntimeFamily;

/** Whether handlers of three parameters are called with a callback; later versions refuse them. True for a name that is not known. */
export function takesCallbacks(runtime: string | null): boolean {
  const version = NODE_VERSIONS.find((one) => one.runtime === runtime);
  return version === undefined || Number(version.release) <= LAST_WITH_CALLBACKS;
}

/** What Lambda switches off up to Node 22 (docs/aws/nodejs.md#handler-resolution); a function's NODE_OPTIONS can switch it on again. */
function flags({ version, environment, knowsFlag }: StartFacts): readonly string[] {
  if (Number(version.release) > 22) return [];
  const options = environment["NODE_OPTIONS"] ?? "";
  return ["require-module", "detect-module"]
    .filter(
      (feature) => !options.includes(`experimental-${feature}`) && knowsFlag(`--experimental-${feature}`),
    )
    .map((feature) => `--no-experimental-${feature}`);
}

function variables({ version, taskRoot, runtimeFolder, layers }: FamilyVariableFacts): FamilyVariables {
  const folders = [
    ...layers.flatMap((layer) => [
      `${layer}/nodejs/node${version.release}/node_modules`,
      `${layer}/nodejs/node_modules`,
    ]),
    `${runtimeFolder}/node_modules`,
    runtimeFolder,
    taskRoot,
  ];
  return {
    changeable: {},
    reserved: { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`, NODE_PATH: folders.join(":") },
  };
}

/** `[folder/]module.export[.nested]` (docs/aws/nodejs.md#handler-resolution). */
function cutHandler(handler: string): HandlerParts | null {
  const match = /^((?:[^/]+\/)*[^/.]+)\.([^/.]+[^/]*)$/.exec(handler);
  if (match === null) return null;
  const [, module = "", path = ""] = match;
  return {
    files: MODULE_ENDINGS.map((ending) => `${module}${ending}`),
    filesInWords: `${module}.js, .mjs or .cjs`,
    path: path.split("."),
  };
}

/**
 * Text: `time TAB id TAB ERROR TAB label TAB object`; a copy may have spaces for the TABs. Before the first invocation client 3 writes
 * the word `undefined` for the id, client 4 a dash, and a label of its own. Some releases of nodejs24.x lost the id inside of an
 * invocation and wrote the dash there too.
 */
const LABELLED =
  /^\S+[\t ]+([0-9A-Za-z-]{1,64})[\t ]+ERROR[\t ]+(Invoke Error|Init Error|Uncaught Exception|Unhandled Promise Rejection)([\t ]+)(\{"[^]*)$/;
const NO_ID_YET = "undefined";

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const [, id = "", label, gap = "", error = ""] = LABELLED.exec(text) ?? [];
  // A function's `console.error("Invoke Error", "{…}")` has no TAB between the two.
  if (label === undefined || (text.includes("\t") && !gap.includes("\t"))) return null;
  const errorType = errorTypeInside(error);
  return id === NO_ID_YET || label === "Init Error"
    ? { kind: "failed-init", requestId: null, errorType }
    : failure(id, errorType);
}

/**
 * JSON: level ERROR (or FATAL) and an object in `message`. With a text before the error the text is the message, and the error stands
 * beside it: the function's own line. A function's `console.error(error)` writes just what the client writes, and is taken for it.
 */
function readObject(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { level, message } = object;
  if (level !== "ERROR" && level !== "FATAL") return null;
  const requestId = textOf(object["requestId"]);
  if (typeof message === "string")
    return textOf(object["errorType"]) === null || object["logger"] !== undefined || requestId === null
      ? null
      : { kind: "application", requestId, errorType: textOf(object["errorType"]) };
  if (typeof message !== "object" || message === null) return null;
  const errorType = textOf((message as Record<string, unknown>)["errorType"]);
  if (errorType === null) return null;
  return failure(requestId, errorType);
}

/** The object may be cut off, so it is not parsed. */
function errorTypeInside(source: string): string | null {
  return /"errorType"\s*:\s*"([^"\\]{1,200})"/.exec(source)?.[1] ?? null;
}
