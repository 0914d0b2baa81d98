/** Names and versions of runtimes, which are kept. The catalogue of runtimes has the words with which these texts begin. */
import { FAMILIES, RUNTIME_LANGUAGES } from "../catalogue/runtimes/all-runtimes.ts";
import { ENDED_RUNTIMES } from "../catalogue/runtimes/lambda-runtimes.ts";
import type { Replacements } from "./replacements.ts";
import { either, matching, oneOf, type Rule } from "./rules.ts";

const LANGUAGE = `(?:${RUNTIME_LANGUAGES.join("|")})`;
const RELEASE = String.raw`(?:al2|al2023|\d{1,2}(?:\.\d{1,2})?)`;
/** Such as `nodejs:22.v50` and `python:3.12.mainlinev2.v43`, in INIT_START and `platform.initStart`. */
const VERSION_TEXT = new RegExp(String.raw`^${LANGUAGE}:${RELEASE}(?:\.mainlinev2)?\.v\d{0,4}$`);
const WITH_LANGUAGE = new RegExp(`^(${LANGUAGE}):`);

/** The language is kept even if the rest is unknown, because the judgement finds the runtime's family by it. */
export function versionText(names: Replacements, value: string): string {
  if (VERSION_TEXT.test(value)) return value;
  const [, language] = WITH_LANGUAGE.exec(value) ?? [];
  return `${language === undefined ? "" : `${language}:`}${names.numbered("version", value)}`;
}

export const runtimeName = either(
  oneOf(...ENDED_RUNTIMES),
  matching(new RegExp(String.raw`^${LANGUAGE}\.?${RELEASE}(?:\.x)?$`)),
);
export const version = matching(/^v?\d{1,3}(?:\.\d{1,3}){0,2}$/);

/** Keeps a text such as `Python 3.12.4`, but not the command of `--launcher`. */
export const programOnMachine: Rule = (value) => {
  if (typeof value !== "string") return null;
  const family = FAMILIES.find(({ title }) => value.startsWith(`${title} `));
  return family === undefined || version(value.slice(family.title.length + 1)) === null ? null : value;
};
