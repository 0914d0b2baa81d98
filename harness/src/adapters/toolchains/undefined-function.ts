/** The sentence for a module whose text does not define the function of its handler: what it defines instead, and what to do. */
import { extname } from "node:path";

const DEFINITIONS = /^(?:async )?def ([A-Za-z]\w*)/gm;
const SHOWN = 4;

interface Missing {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly handler: string;
  /** The names that are tried if the user names no handler. Empty if the user named it. */
  readonly usual: readonly string[];
}

/** Returns the end of a sentence that begins with "expected". */
export function undefinedFunction({ file, text, name, handler, usual }: Missing): string {
  const defined = [...text.matchAll(DEFINITIONS)].map(([, one = ""]) => one);
  const wanted = usual.length > 0 ? `a function named ${usual.join(" or ")}` : name;
  const [first] = defined;
  const instead =
    first === undefined
      ? "it defines no function at all"
      : `it defines ${defined.slice(0, SHOWN).join(", ")}${defined.length > SHOWN ? ", …" : ""}`;
  const advice =
    first === undefined || usual.length === 0
      ? ""
      : defined.length === 1
        ? `: name it with --handler ${handlerOf(file, first)}`
        : `: name one of them, such as --handler ${handlerOf(file, first)}`;
  return `${file} to define ${wanted}${usual.length > 0 ? "" : ` for the handler ${handler}`}; ${instead}${advice}`;
}

function handlerOf(file: string, name: string): string {
  return `${file.slice(0, -extname(file).length)}.${name}`;
}
