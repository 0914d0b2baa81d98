/** Parses one file of a package into its syntax tree, or returns null if it is not JavaScript. The file is never run. */
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
