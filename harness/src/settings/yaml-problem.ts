/**
 * Says what is wrong with a text that should be YAML. Lists and mappings deep inside each other are refused before the text is parsed: the
 * parser calls itself for each of them, and at the end of the stack V8 can end the process instead of throwing an error.
 */
import { Parser, type CST } from "yaml";

/** No profile is nested like this. The event of an invocation, which can have any shape, is the deepest part of one. */
const NESTING_MAX = 200;

/** Returns the end of a sentence that begins with "expected", or null if the text can be parsed. `form` is what the file should contain. */
export function nestingProblem(form: string, text: string): string | null {
  for (const document of new Parser().parse(text))
    if (isTooDeep(document))
      return `${form} with at most ${NESTING_MAX} lists and mappings inside each other`;
  return null;
}

/** `error` is what the parser threw, or one of the errors in its document. */
export function yamlProblem(form: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${form}: ${(message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "")}`;
}

function isTooDeep(document: CST.Token): boolean {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token: document, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > NESTING_MAX) return true;
    const inner =
      "items" in token
        ? token.items.flatMap(({ key, value }) => [key, value])
        : "value" in token && typeof token.value === "object"
          ? [token.value]
          : [];
    for (const one of inner) if (one != null) waiting.push({ token: one, depth: depth + 1 });
  }
  return false;
}
