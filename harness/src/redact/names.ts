/** Replaces the names of functions, also inside ARNs and log groups. Regions and version numbers are kept. */
import { SUCCESS_EXPRESSION_ERROR } from "../record/invocation.ts";
import type { Replacements } from "./replacements.ts";
import { matching } from "./rules.ts";

/** The words of which AWS makes the names of its Regions, so that later Regions are known too. */
const REGION =
  "(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(?:-(?:gov|iso|isob|isoe|isof|de))?-(?:central|north|south|east|west|northeast|northwest|southeast|southwest)-\\d";
const ARN = new RegExp(
  `^arn:aws(?:-cn|-us-gov|-iso|-iso-b|-iso-e|-iso-f|-eusc)?:lambda:(${REGION}):(\\d{12}):function:([^:]+)(?::([^:]+))?$`,
);
const GROUP = /^(\/aws\/lambda\/(?:web\/)?)([^/]+?)(\.local)?$/;
/** The account number in every replaced ARN. No account has it. */
const ACCOUNT = "000000000000";

export function functionName(names: Replacements, value: string): string {
  const [, region, account, name, version] = ARN.exec(value) ?? [];
  if (region === undefined || account === undefined || name === undefined)
    return names.numbered("function", value);
  const replaced = `arn:aws:lambda:${region}:${ACCOUNT}:function:${names.numbered("function", name)}`;
  return version === undefined ? replaced : `${replaced}:${names.version(version)}`;
}

/** A group with Lambda's default name keeps its form; any other gets a number. */
export function logGroup(names: Replacements, value: string): string {
  const [, before, name, after = ""] = GROUP.exec(value) ?? [];
  return before === undefined || name === undefined
    ? `/${names.numbered("group", value)}`
    : `${before}${names.numbered("function", name)}${after}`;
}

export const region = matching(new RegExp(`^${REGION}$`));

/** Error types of the platform and of its clients (docs/aws/README.md), and longrun's own. They are kept, because the judgement depends on them. */
const PLATFORM_TYPES = new Set([
  ...[
    ...["AfterRestoreError", "BadFunctionCode", "BeforeSnapshotError", "BuiltInModuleConflict"],
    ...[
      "CallbackHandlerDeprecated",
      "ExitError",
      "HandlerNotFound",
      "ImportModuleError",
      "InvalidEntrypoint",
    ],
    ...["InvalidResponseModeHeader", "InvalidStreamingOperation", "InvokeTimeout", "JSONStringifyError"],
    ...["LambdaContextUnmarshalError", "MalformedHandlerName", "MalformedStreamingHandler", "MarshalError"],
    ...["NodeJsExit", "OutOfMemory", "RestoreHookUserTimeout", "TooManyIdleRuntimes", "Unavailable"],
    ...["UnhandledPromiseRejection", "Unknown", "UnmarshalError", "UserCodeSyntaxError", "UserException"],
  ].map((name) => `Runtime.${name}`),
  ...["Crash", "ExitError", "InitError"].map((name) => `Extension.${name}`),
  ...["Sandbox.Timedout", "Function.ResponseSizeTooLarge", "Function.Unknown", SUCCESS_EXPRESSION_ERROR],
]);
/** Error types of the languages. Other names of classes are the function's own. */
const LANGUAGE_TYPE =
  /^(?:java\.(?:lang|io|util)\.)?(?:Type|Range|Reference|Syntax|Key|Value|Name|Attribute|Index|OS|Import|ModuleNotFound|Connection|Connect|Timeout|ConnectionRefused|ConnectionReset|OutOfMemory|ClassNotFound|Runtime|IO|Illegal(?:State|Argument))?(?:Error|Exception)$/;

/** The replacement keeps the ending that marks a class as an error, and shows whether the class has a package. */
export function errorType(names: Replacements, value: string): string {
  if (value === "" || PLATFORM_TYPES.has(value) || LANGUAGE_TYPE.test(value)) return value;
  const ending = /(?:Exception|Error|Throwable)$/.exec(value)?.[0] ?? "";
  const first = /^\p{Lu}/u.test(value.slice(value.lastIndexOf(".") + 1)) ? "W" : "w";
  const number = names.numbered("word", value).replace("word-", "");
  return `${value.includes(".") ? "p." : ""}${first}${number}${ending}`;
}
