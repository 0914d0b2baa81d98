/** Finds what is wrong with the content of a `manifest.json`, the file of a run that users write or change most often. */
import { choiceInWords } from "../../domain/choice-in-words.ts";
import { RUN_STATUSES } from "../../domain/manifest.ts";
import { TARGETS } from "../../domain/target.ts";
import { VERDICTS } from "../../domain/verdict.ts";
import { parseThreshold } from "../../domain/parse-threshold.ts";
import {
  hasShape,
  isAbsentOr,
  isListOfTexts,
  isNullOr,
  isNumber,
  isNumberOrNull,
  isOneOf,
  isText,
  isTextOrNull,
  type Shape,
} from "./members.ts";
import { asJsonObject, isJsonObject, shown, type JsonObject } from "../../domain/json-object.ts";

type ManifestRule = readonly [path: string, fits: (value: unknown) => boolean, expected: string];

const isDurationMs = (value: unknown): boolean => isNumber(value) && value >= 0;
/** A label is a part of file names. */
const isLabel = (value: unknown): boolean => isText(value) && /^[^/\\\p{Cc}]{1,64}$/u.test(value);

const RULES: readonly ManifestRule[] = [
  ["status", isOneOf(RUN_STATUSES), choiceInWords(RUN_STATUSES)],
  ["createdAt", isText, "an instant"],
  ["target", isOneOf(TARGETS), choiceInWords(TARGETS)],
  ["profile.durationMs", isDurationMs, "a length of time in milliseconds"],
  ["profile.intervalMs", isDurationMs, "a length of time in milliseconds"],
  ["profile.settleMs", isDurationMs, "a length of time in milliseconds"],
  ["profile.clockToleranceMs", isDurationMs, "a length of time in milliseconds"],
  ["profile.idleLifeMs", isDurationMs, "a length of time in milliseconds"],
  ["profile.thresholds", isListOfThresholds, "a list of thresholds, such as harm.total == 0"],
  ["profile.strangers", isAbsentOr(isListOfTexts), "a list of strings"],
  ["profile.platform", isAbsentOr(isTextOrNull), "a string or null"],
  ["profile.seed", isAbsentOr(isNumberOrNull), "a number or null"],
  ["profile.reservedConcurrency", isAbsentOr(isNumber), "a number"],
  ["isolation", isAbsentOr(isTextOrNull), "a string or null"],
];

const FUNCTION_RULES: readonly ManifestRule[] = [
  ["name", isLabel, "a label of at most 64 characters without a slash"],
  ["functionName", isText, "a function's name"],
  ["expected", isNullOr(isOneOf(VERDICTS)), `${VERDICTS.join(", ")} or null`],
  ["code", isTextOrNull, "a string or null"],
  ["peers", isAbsentOr(isListOfPeers), "a list of peers, each with name, host and port"],
  ["codeSha256", isAbsentOr(isTextOrNull), "a string or null"],
  ["runtime", isAbsentOr(isTextOrNull), "a string or null"],
  ["ranOn", isAbsentOr(isTextOrNull), "a string or null"],
  ["notice", isAbsentOr(isTextOrNull), "a string or null"],
];

const PEER: Shape = [
  ["name", isText],
  ["host", isText],
  ["port", isNumber],
];

function isListOfPeers(value: unknown): boolean {
  return Array.isArray(value) && value.every((peer) => isJsonObject(peer) && hasShape(peer, PEER));
}

function isListOfThresholds(value: unknown): boolean {
  return isListOfTexts(value) && value.every((text) => parseThreshold(text).ok);
}

/** Returns one sentence for each wrong member, such as `profile.settleMs: expected a length of time in milliseconds, found "soon"`. */
export function manifestProblems(manifest: JsonObject): readonly string[] {
  const functions = manifest["functions"];
  return [
    ...problemsOf(manifest, RULES, ""),
    ...(Array.isArray(functions)
      ? functions.flatMap((one, index) => problemsOf(one, FUNCTION_RULES, `functions[${index}].`))
      : ["functions: expected a list"]),
  ];
}

function problemsOf(value: unknown, rules: readonly ManifestRule[], prefix: string): readonly string[] {
  return rules.flatMap(([path, fits, expected]) => {
    const found = path.split(".").reduce(memberOf, value);
    if (fits(found)) return [];
    return [`${prefix}${path}: expected ${expected}, found ${shown(found)}`];
  });
}

function memberOf(value: unknown, name: string): unknown {
  return asJsonObject(value)?.[name];
}
