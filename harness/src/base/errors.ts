/**
 * Errors that an operator can cause or solve: wrong input, something missing, an interruption. Bugs are `InvariantError`. What a function
 * or a peer does is a value in the evidence, never an exception.
 */
export type LongrunErrorCode =
  | "usage" // a flag, file or value is wrong: exit code 64
  | "unavailable" // something needed is not there (endpoint, port, credentials, deployment): exit code 69
  | "interrupted"; // the operator stopped the command: exit code 130

interface ErrorDetails {
  /** One sentence that says what to try next. It is printed under the message. */
  readonly hint?: string;
  readonly cause?: unknown;
}

export class LongrunError extends Error {
  override readonly name = "LongrunError";
  readonly code: LongrunErrorCode;
  readonly hint: string | null;

  constructor(code: LongrunErrorCode, message: string, { hint, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint ?? null;
  }
}

/** A flag, file or value is wrong. */
export const wrongInput = (message: string, details?: ErrorDetails): LongrunError =>
  new LongrunError("usage", message, details);
/** Something needed is not there. */
export const notAvailable = (message: string, details?: ErrorDetails): LongrunError =>
  new LongrunError("unavailable", message, details);

/**
 * Whether the error is a LongrunError. This checks the shape and not `instanceof`, because if this module is loaded twice (as a library and by a
 * command), there are two classes of this name.
 */
export function isLongrunError(error: unknown): error is LongrunError {
  return error instanceof Error && error.name === "LongrunError" && "code" in error && "hint" in error;
}

/** The system's folder for temporary files (TMPDIR) refused one. */
export function temporaryFolderRefused(folder: string, cause: unknown): LongrunError {
  const { code } = cause as { readonly code?: unknown };
  return notAvailable(`${folder}: expected a folder with space for a temporary file (${String(code)}).`, {
    hint: "Set TMPDIR to another folder.",
    cause,
  });
}
