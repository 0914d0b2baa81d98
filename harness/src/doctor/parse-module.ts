/** One file of a package → its syntax tree, or null where it cannot be read as JavaScript. Nothing of it is run. */
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
