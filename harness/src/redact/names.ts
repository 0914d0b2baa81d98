/** Replaces the names of functions, also inside ARNs and log groups. Regions and version numbers are kept. */
import type { Replacements } from "./replacements.ts";

const ARN = /^arn:aws[a-z-]*:lambda:([a-z]{2}(?:-[a-z]+)+-\d):(\d{12}):function:([^:]+)(?::([^:]+))?$/;
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

/** Error types of the platform and of the languages. They are kept, because the judgement depends on them. */
const KNOWN_TYPE =
  /^(?:(?:Runtime|Sandbox|Extension|Function|Lambda|Longrun)\.[A-Za-z]+|(?:java\.(?:lang|io|util)\.)?(?:Type|Range|Reference|Syntax|Key|Value|Name|Attribute|Index|OS|Import|ModuleNotFound|Connection|Connect|Timeout|ConnectionRefused|ConnectionReset|OutOfMemory|ClassNotFound|Runtime|IO|Illegal(?:State|Argument))?(?:Error|Exception))$/;

/** The replacement keeps the ending that marks a class as an error, and shows whether the class has a package. */
export function errorType(names: Replacements, value: string): string {
  if (value === "" || KNOWN_TYPE.test(value)) return value;
  const ending = /(?:Exception|Error|Throwable)$/.exec(value)?.[0] ?? "";
  const first = /^\p{Lu}/u.test(value.slice(value.lastIndexOf(".") + 1)) ? "W" : "w";
  const number = names.numbered("word", value).replace("word-", "");
  return `${value.includes(".") ? "p." : ""}${first}${number}${ending}`;
}
