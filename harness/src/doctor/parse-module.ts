/** Returns null if the text is not JavaScript. */
import { parse, type Program } from "acorn";

export function parseModule(text: string): Program | null {
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(text, {
        ecmaVersion: "latest",
        sourceType,
        allowHashBang: true,
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
      });
    } catch {
      continue;
    }
  }
  return null;
}
