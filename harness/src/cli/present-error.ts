/** Prints an error for the operator, and returns its exit code. */
import { inspect } from "node:util";
import { isLongrunError } from "../domain/errors.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { Machine } from "./machine.ts";

export function presentError(machine: Machine, error: unknown): ExitCode {
  if (isLongrunError(error)) {
    machine.stderr.write(`${error.message}\n${error.hint === null ? "" : `\n${error.hint}\n`}`);
    return EXIT[error.code];
  }
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const cause =
    error instanceof Error && error.cause !== undefined ? `\nCaused by: ${inspect(error.cause)}` : "";
  machine.stderr.write(
    `This is a bug in longrun, not in your function.\n\n${stack}${cause}\n\n` +
      "Please report it with the text above and the command you gave; CONTRIBUTING.md says where.\n",
  );
  return EXIT.bug;
}
