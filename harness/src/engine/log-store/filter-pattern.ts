/**
 * CloudWatch Logs filter patterns, applied to one message: terms (all must occur), `"quoted terms"`, `-term` (must not occur), `?term` (at
 * least one must occur; ignored if the pattern also has terms that must occur), and JSON selectors in braces (`json-selector.ts`). Case
 * matters, as on AWS. Space-delimited patterns in brackets and regular expressions are refused with the API's error. Pure.
 */
import { jsonSelector } from "./json-selector.ts";
import { invalidPattern } from "./logs-error.ts";

export type MessageFilter = (message: string) => boolean;

const PATTERN_LENGTH_MAX = 1_024;
const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/y;

export function filterPattern(pattern: string): MessageFilter {
  const text = pattern.trim();
  if (text.length > PATTERN_LENGTH_MAX) throw invalidPattern();
  if (text === "") return () => true;
  if (text.startsWith("{")) return jsonSelector(text);
  if (text.startsWith("[") || /^%.*%$/.test(text)) throw invalidPattern();
  return termFilter(text);
}

function termFilter(text: string): MessageFilter {
  const required: string[] = [];
  const forbidden: string[] = [];
  const optional: string[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const at = TERM.lastIndex;
    const match = TERM.exec(text);
    if (match === null) throw invalidPattern();
    const [, sign, quoted, plain] = match;
    const term = quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1");
    // An unquoted term has only letters, digits and underscores; any other term must be quoted.
    if (quoted === undefined && !/^\w+$/.test(term)) throw invalidPattern();
    (sign === "-" ? forbidden : sign === "?" ? optional : required).push(term);
    if (TERM.lastIndex <= at) throw invalidPattern();
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !forbidden.some((term) => message.includes(term)) &&
    (optional.length === 0 || required.length > 0 || optional.some((term) => message.includes(term)));
}
