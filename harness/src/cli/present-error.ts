import { inspect } from "node:util";
import { isLongrunError } from "../base/errors.ts";
import { EXIT, type ExitCode } from "../words/exit-codes.ts";
import { printableLines } from "../report/text/printable.ts";
import { wrapWords } from "../report/text/wrap-words.ts";
import type { Machine, Output } from "./machine.ts";

/**
 * Writes an error for people. It can quote bytes of a file, such as escape sequences, so it is made safe for a terminal. `hide` takes
 * values of variables out of the text while each of them is still in one piece.
 */
export function presentError(
  machine: Machine,
  error: unknown,
  hide = (text: string): string => text,
): ExitCode {
  if (isLongrunError(error)) {
    const text = error.hint === null ? error.message : `${error.message}\n\n${error.hint}`;
    machine.stderr.write(`${fitted(printableLines(hide(text)), machine.stderr)}\n`);
    return EXIT[error.code];
  }
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const cause =
    error instanceof Error && error.cause !== undefined ? `\nCaused by: ${inspect(error.cause)}` : "";
  machine.stderr.write(
    `This is a bug in longrun, not in your function.\n\n${printableLines(hide(`${stack}${cause}`))}\n\n` +
      "Please report it with the text above and the command you gave; CONTRIBUTING.md says where.\n",
  );
  return EXIT.bug;
}

/** Wraps lines that are too long, and keeps their indentation. For a file or a pipe the text stays as it is. */
function fitted(text: string, { isTerminal, columns }: Output): string {
  if (!isTerminal) return text;
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.length <= columns) return [line];
      const indent = /^ */.exec(line)?.[0] ?? "";
      return wrapWords(line.slice(indent.length), columns - indent.length).map((piece) => indent + piece);
    })
    .join("\n");
}
