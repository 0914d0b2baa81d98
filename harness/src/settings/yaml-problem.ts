/**
 * Refuses deep nesting before YAML is parsed: the parser calls itself for each list and mapping, and if the stack is full, V8 can end the
 * process instead of throwing an error. Refuses many aliases too: the parser searches the whole text for each.
 */
import { CST, Lexer } from "yaml";
import { EVENT_LEVELS_MAX } from "../base/json-object.ts";

/** Enough for every real file: `event` (the event of each invocation) is the only setting whose value can have any shape. */
const NESTING_MAX = EVENT_LEVELS_MAX;
/**
 * Without brackets, a list or mapping inside another one begins on the same line or is indented further. On the same line, its indicators
 * are counted. For the other case, the indent is limited too.
 */
const INDENT_MAX = 2 * NESTING_MAX;
const ALIASES_MAX = 100;

/** Returns the end of a sentence that begins with "expected". Null if the text can be parsed. `form` is what the file should contain. */
export function nestingProblem(form: string, text: string): string | null {
  // How many indicators of lists and mappings were read. The first number counts those since the beginning of the line. Each further number
  // belongs to an open bracket, and counts those since the last comma inside it.
  const indicators = [0];
  // A second `key:` on a line is a mistake, but the parser nests what follows, on the next lines too.
  let valuesOnLine = 0;
  let nestedValues = 0;
  let lineBegins = true;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    const last = indicators.length - 1;
    switch (CST.tokenType(token)) {
      case "alias":
        aliases += 1;
        if (aliases > ALIASES_MAX) return `${form} with at most ${ALIASES_MAX} aliases`;
        break;
      case "flow-map-start":
      case "flow-seq-start":
        indicators.push(0);
        break;
      case "flow-map-end":
      case "flow-seq-end":
        if (last > 0) indicators.pop();
        break;
      case "comma":
        if (last > 0) indicators[last] = 0;
        break;
      case "map-value-ind":
        if (last === 0 && (valuesOnLine += 1) > 1) nestedValues += 1;
        indicators[last] = (indicators[last] ?? 0) + 1;
        break;
      case "seq-item-ind":
      case "explicit-key-ind":
        indicators[last] = (indicators[last] ?? 0) + 1;
        break;
      case "newline":
        if (last === 0) indicators[0] = 0;
        valuesOnLine = 0;
        lineBegins = true;
        continue;
      default:
    }
    if (nesting(indicators) + nestedValues > NESTING_MAX || (lineBegins && indentOf(token) > INDENT_MAX))
      return `${form} with at most ${NESTING_MAX} lists and mappings inside each other`;
    lineBegins = false;
  }
  return null;
}

/**
 * Each bracket is one level. Each indicator is one level too, except the first of an entry in brackets: `{ a: { b: 1 } }` has two levels.
 */
function nesting([onLine = 0, ...inBrackets]: readonly number[]): number {
  return inBrackets.reduce((sum, count) => sum + Math.max(1, count), onLine);
}

/** Leaves out the position in the parser's message. */
export function yamlProblem(form: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${form}: ${(message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "")}`;
}

function indentOf(token: string): number {
  return /^ *$/.test(token) ? token.length : 0;
}
