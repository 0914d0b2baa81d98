/** Names and versions of runtimes, which are kept. The catalogue of runtimes has the words with which these texts begin. */
import { FAMILIES, RUNTIME_LANGUAGES } from "../runtimes/all-runtimes.ts";
import { matching, type Rule } from "./rules.ts";

const LANGUAGE = `(?:${RUNTIME_LANGUAGES.join("|")})`;

/** Such as `nodejs:22.v50`, in INIT_START and `platform.initStart`. */
export const VERSION_TEXT = String.raw`${LANGUAGE}:[\w.]+`;

export const versionText = matching(new RegExp(`^${VERSION_TEXT}$`));
export const runtimeName = matching(new RegExp(String.raw`^${LANGUAGE}[\w.]{0,20}$`));
export const version = matching(/^v?\d{1,4}(?:\.\d{1,6}){0,3}$/);

/** Keeps a text such as `Python 3.12.4`, but not the command of `--launcher`. */
export const programOnMachine: Rule = (value) => {
  if (typeof value !== "string") return null;
  const family = FAMILIES.find(({ title }) => value.startsWith(`${title} `));
  return family === undefined || version(value.slice(family.title.length + 1)) === null ? null : value;
};
