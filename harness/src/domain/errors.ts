/**
 * The mistakes an operator can make and the needs the world can fail to meet. Bugs are `InvariantError`;
 * what a function or a peer does is a value in the evidence, never an exception.
 */
export type LongrunErrorCode =
  | "usage" // a flag, file or value is wrong: 64
  | "unavailable" // something needed is not there (endpoint, port, credentials, deployment): 69
  | "interrupted"; // the operator stopped it: 130

export class LongrunError extends Error {
  override readonly name = "LongrunError";
  readonly code: LongrunErrorCode;
  /** What to try next, one sentence; printed under the message. */
  readonly hint: string | null;

  constructor(code: LongrunErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

/** By its shape and not by `instanceof`: a module that was loaded twice (a library beside a command, a test) has two classes of this name. */
export function isLongrunError(error: unknown): error is LongrunError {
  return error instanceof Error && error.name === "LongrunError" && "code" in error && "hint" in error;
}
