/**
 * Recognises the runtime's error for a handler that cannot be loaded. Every invocation then fails, so a run shows nothing about connections.
 * An error that the function's own code throws, also in module scope, is not such an error.
 */
import { wrongInput, type LongrunError } from "../../base/errors.ts";
import type { InvocationOutcome } from "../../record/invocation.ts";
import { findRuntime } from "./all-runtimes.ts";
import { isWrongHandler } from "./java-log.ts";

export type FunctionError = Extract<InvocationOutcome, { readonly outcome: "function-error" }>;

/** These error types are the same on the engine and on AWS. */
const NOT_LOADABLE = new Set([
  "Runtime.HandlerNotFound",
  "Runtime.ImportModuleError",
  "Runtime.InvalidEntrypoint",
  "Runtime.MalformedHandlerName",
  "Runtime.UserCodeSyntaxError",
]);

export interface LoadedAs {
  readonly label: string;
  readonly handler: string;
  readonly runtime: string;
}

/** `lines` has lines of the log. They are added at the end of the message. */
export function unloadableError(
  outcome: InvocationOutcome,
  { label, handler, runtime }: LoadedAs,
  lines = "",
): LongrunError | null {
  if (outcome.outcome !== "function-error") return null;
  if (isNotLaunched(outcome, runtime))
    return wrongInput(
      `${label}: expected --launcher with a command that can be started, but ${reasonOf(outcome)}${lines}`,
      {
        hint: "A shell runs the command in the folder of the code. Exit status 127 means that there is no such program, 126 that it cannot be executed.",
      },
    );
  if (!isNotLoadable(outcome)) return null;
  return wrongInput(`${label}: expected a handler that can be loaded, but ${reasonOf(outcome)}${lines}`, {
    hint: `The handler is ${handler} (--handler), on ${runtime}.`,
  });
}

/** Leaves out the request id that the platform writes before its own messages. */
export function reasonOf({ errorType, errorMessage }: FunctionError): string {
  const message = errorMessage?.replace(/^RequestId: \S+ Error: /, "") ?? "no message";
  return [errorType, message].filter((part) => part !== null).join(": ");
}

/** A shell that does not find the program, or cannot execute it, exits with 127 or 126. */
function isNotLaunched({ errorType, errorMessage }: FunctionError, runtime: string): boolean {
  return (
    (findRuntime(runtime)?.local.launcher ?? null) !== null &&
    errorType === "Runtime.ExitError" &&
    /exit status 12[67]$/.test(errorMessage ?? "")
  );
}

/**
 * The failed import of an ES module has no error type of its own, and Java's client has none for a missing handler. So the message decides.
 */
function isNotLoadable({ errorType, errorMessage }: FunctionError): boolean {
  if (errorType !== null && NOT_LOADABLE.has(errorType)) return true;
  if (errorType === null && isWrongHandler(errorMessage ?? "")) return true;
  if (
    errorType === "java.lang.ClassNotFoundException" &&
    errorMessage?.startsWith("Class not found: ") === true
  )
    return true;
  return (
    errorType === "Error" && /^Cannot find (?:package|module) '.+' imported from /.test(errorMessage ?? "")
  );
}
