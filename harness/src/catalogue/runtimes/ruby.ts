/** Ruby (docs/aws/runtime-logs.md#ruby). */
import { textOf } from "../../base/json-object.ts";
import { launched } from "./launched.ts";
import type { FamilyVariableFacts, FamilyVariables, HandlerParts, RuntimeFamily } from "./runtime-family.ts";
import { failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const ruby = {
  name: "ruby",
  title: "Ruby",
  language: "ruby",
  versions: [
    { runtime: "ruby3.2", release: "3.2", state: "deprecated" },
    { runtime: "ruby3.3", release: "3.3", state: "current" },
    { runtime: "ruby3.4", release: "3.4", state: "current" },
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
    preferred: "ruby3.4",
    interpreter: null,
    launcher: 'bundle exec aws_lambda_ric "$_HANDLER"',
    installCommand: (release) => `rbenv install ${release}`,
    wrapper: true,
    commandLine: launched,
    variables,
    handler: {
      ofPackage: ofPackage,
      ofSource: (name) => `${name}.handler`,
      example: "app.handler",
      cut: cutHandler,
    },
    package: {
      sourceEndings: [".rb"],
      moduleFile: /\.rb$/,
      owns: (files) => files.some((file) => file.endsWith(".rb")),
      program: null,
    },
  },
} as const satisfies RuntimeFamily;

/** If the user named no handler, a package is searched for these files in this order. */
const ENTRY_FILES = ["lambda_function", "app", "index", "main"];
/** Lambda names this client's folder in RUBYLIB. */
const CLIENT = "aws_lambda_ric-3.1.3";

function variables({ version, taskRoot, runtimeFolder, layers }: FamilyVariableFacts): FamilyVariables {
  const gems = `ruby/${version.release}.0`;
  return {
    changeable: {
      GEM_HOME: runtimeFolder,
      GEM_PATH: [
        `${taskRoot}/vendor/bundle/${gems}`,
        ...layers.map((layer) => `${layer}/ruby/gems/${version.release}.0`),
        runtimeFolder,
        `${runtimeFolder}/${gems}`,
      ].join(":"),
      RUBYLIB: [
        `${runtimeFolder}/gems/${CLIENT}/lib`,
        taskRoot,
        `${runtimeFolder}/lib`,
        ...layers.map((layer) => `${layer}/ruby/lib`),
      ].join(":"),
    },
    reserved: { AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}` },
  };
}

function ofPackage(files: readonly string[]): string | null {
  const modules = files.flatMap((file) => (/^[^/]+\.rb$/.test(file) ? [file.slice(0, -".rb".length)] : []));
  const entry = ENTRY_FILES.find((name) => modules.includes(name));
  const [only, ...others] = modules;
  const module = entry ?? (others.length === 0 ? only : undefined);
  if (module === undefined) return null;
  return `${module}.${module === "lambda_function" ? "lambda_handler" : "handler"}`;
}

/** The form is `folder/file.method` or `file.Module::Class.method`. */
function cutHandler(handler: string): HandlerParts | null {
  const [, file] = /^([^.]+)\.(?:[A-Z]\w*(?:::[A-Z]\w*)*\.)?[a-z_]\w*[?!]?$/.exec(handler) ?? [];
  return file === undefined ? null : { files: [`${file}.rb`], filesInWords: `${file}.rb`, path: [] };
}

/**
 * The client writes a sentence, then this object in a second event, over several lines. If the object is on one line, the function may have
 * printed it: for example, it may be the answer of another function.
 */
const ONE_LINE = /^\{"[^\r\n]*$/;
const WRAPPED = /^(Function|Init|Runtime)<([^<>]+)>$/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null || ONE_LINE.test(text.trimEnd())) return null;
  const [, where, errorType] = WRAPPED.exec(textOf(object["errorType"]) ?? "") ?? [];
  if (errorType === undefined || typeof object["errorMessage"] !== "string" || !isList(object["stackTrace"]))
    return null;
  return where === "Init" ? { kind: "failed-init", requestId: null, errorType } : failure(null, errorType);
}

function bareLines(_requestId: string, errorType: string): readonly string[] {
  const error = (where: string, indent: number): string =>
    JSON.stringify({ errorMessage: "", errorType: `${where}<${errorType}>`, stackTrace: [] }, null, indent);
  return ["Error raised from handler method", error("Function", 2), error("Init", 2), error("Function", 0)];
}
