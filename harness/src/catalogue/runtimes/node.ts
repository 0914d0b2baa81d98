/** Node.js, with versions 3 and 4 of its runtime client (docs/aws/nodejs.md). */
import type {
  FamilyVariableFacts,
  FamilyVariables,
  HandlerParts,
  RuntimeFamily,
  RuntimeVersion,
  StartFacts,
} from "./runtime-family.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export interface NodeVersion extends RuntimeVersion {
  /** The major version of aws-lambda-ric, AWS's runtime client. */
  readonly clientMajor: number;
}

/** If a new version behaves like the one before it, only a line here is needed. */
export const NODE_VERSIONS = [
  { runtime: "nodejs20.x", release: "20", state: "deprecated", clientMajor: 3 },
  { runtime: "nodejs22.x", release: "22", state: "current", clientMajor: 3 },
  { runtime: "nodejs24.x", release: "24", state: "current", clientMajor: 4 },
] as const satisfies readonly NodeVersion[];

export const OFFERED_NODES: readonly string[] = NODE_VERSIONS.flatMap(({ runtime, state }) =>
  state === "current" ? [runtime] : [],
);

const MODULE_ENDINGS = ["", ".js", ".mjs", ".cjs"];

export const node = {
  name: "node",
  title: "Node",
  language: "nodejs",
  versions: NODE_VERSIONS,
  log: {
    descriptor: "frames",
    read: readLine,
    bareLines,
    foreignFrames: /node:internal|\/runtime\/index\.[cm]?js|aws-lambda-ric|new Promise \(<anonymous>\)/,
    shownBehind: ["text", "INFO", "WARN", "ERROR"],
  },
  local: {
    client: "node",
    clientOfAws: "asked",
    preferred: "nodejs22.x",
    interpreter: () => "/var/lang/bin/node",
    launcher: null,
    installCommand: () => "longrun doctor --install-runtimes",
    wrapper: true,
    commandLine: (start) => [start.interpreter, ...flags(start), start.clientFile],
    variables,
    handler: {
      ofPackage: () => "index.handler",
      ofSource: (name) => `${name}.handler`,
      example: "index.handler",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [".mjs", ".js", ".cjs", ".ts", ".mts", ".cts"],
      moduleFile: /\.(?:js|mjs|cjs)$/,
      owns: (files) => files.some((file) => /\.(?:js|mjs|cjs)$/.test(file)),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

function flags(start: StartFacts): readonly string[] {
  const options = start.environment["NODE_OPTIONS"] ?? "";
  return [...workerThreads(start, options), ...featuresOff(start, options)];
}

/** AWS gives a function one processor for this much memory (docs/aws/limits.md). */
const MB_PER_PROCESSOR = 1_769;
const NODE_WORKER_THREADS = 4;

/**
 * As many of V8's worker threads as the function has processors on Lambda, because each thread makes freezing and thawing slower. longrun's
 * client takes the flag out of `process.execArgv` (engine/clients/node/hide-flags.ts). A module that NODE_OPTIONS loads runs before the
 * client and would see the flag, so it is not given then.
 */
function workerThreads({ memorySizeMb }: StartFacts, options: string): readonly string[] {
  if (options !== "") return [];
  const threads = Math.min(NODE_WORKER_THREADS, Math.ceil(memorySizeMb / MB_PER_PROCESSOR));
  return [`--v8-pool-size=${threads}`];
}

/**
 * Up to Node 22, Lambda switches these features off (docs/aws/nodejs.md#handler-resolution). A function's NODE_OPTIONS can switch them on
 * again.
 */
function featuresOff({ version, knowsFlag }: StartFacts, options: string): readonly string[] {
  if (Number(version.release) > 22) return [];
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

/** The form is `[folder/]module.export[.nested]` (docs/aws/nodejs.md#handler-resolution). */
function cutHandler(handler: string): HandlerParts | null {
  const match = /^((?:[^/]+\/)*[^/.]+)\.([^/.][^/]*)$/.exec(handler);
  if (match === null) return null;
  const [, module = "", path = ""] = match;
  return {
    files: MODULE_ENDINGS.map((ending) => `${module}${ending}`),
    filesInWords: `${module}.js, ${module}.mjs or ${module}.cjs`,
    path: path.split("."),
  };
}

/**
 * `time TAB id TAB ERROR TAB label TAB object`. Copied text may have spaces in place of the TABs. Before the first invocation, client 3
 * writes `undefined` in place of the id, and client 4 a dash with the label `Init Error`. Some releases of nodejs24.x also wrote the dash
 * during an invocation. In JSON format, `console.error(error)` writes exactly what the client writes, so there no line is certain.
 */
const LABELLED =
  /^\S+[\t ]+([0-9A-Za-z-]{1,64})[\t ]+ERROR[\t ]+(Invoke Error|Init Error|Uncaught Exception|Unhandled Promise Rejection)(\s+)([^]*)/;
const THROWN = /^[{["]/;
const NO_ID_YET = "undefined";
const IMPORT_ERROR = /^(?:\S+[\t ]+[0-9A-Za-z-]{8,64}[\t ]+)?Unable to import module '[^']*':/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return null;
  if (IMPORT_ERROR.test(text)) return failure(null, "Runtime.ImportModuleError");
  const [, id = "", label, gap = "", error = ""] = LABELLED.exec(text) ?? [];
  // A function that calls `console.error("Invoke Error", "{…}")` writes a space, not a TAB, between the label and the object.
  if (label === undefined || (text.includes("\t") ? !gap.includes("\t") : !THROWN.test(error))) return null;
  const errorType = errorTypeInside(error);
  if (id === NO_ID_YET || label === "Init Error") return { kind: "failed-init", requestId: null, errorType };
  // The other two labels can follow the answer: then the invocation succeeded. If it failed, the process exits and the platform says so.
  return label === "Invoke Error" ? failure(id, errorType) : null;
}

/** The object may be cut off, so it is searched and not parsed. */
function errorTypeInside(source: string): string | null {
  return /"errorType"\s*:\s*"([^"\\]{1,200})"/.exec(source)?.[1] ?? null;
}

function bareLines(requestId: string, errorType: string): readonly string[] {
  const at = "1970-01-01T00:00:00.000Z";
  const level = "ERROR";
  return [
    ...[requestId, "-"].flatMap((id) =>
      [{ errorType }, {}].map((error) => `${at}\t${id}\tERROR\tInvoke Error \t${JSON.stringify(error)}`),
    ),
    ...[{ errorType }, {}].map((error) => `${at}\t-\tERROR\tInit Error \t${JSON.stringify(error)}`),
    "Unable to import module '':",
    ...[{ errorType }, { message: "" }].flatMap((message) =>
      [{ requestId }, {}].map((id) => JSON.stringify({ level, ...id, message })),
    ),
    `${at}\t${requestId}\t{"errorMessage":"","errorType":${JSON.stringify(errorType)}}`,
  ];
}
