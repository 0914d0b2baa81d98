/**
 * Refuses a run if the first answer shows that the handler of the user's package cannot be loaded. Such a package fails every invocation in
 * the same way and shows nothing about connections. The run is refused with the runtime's error. Everything that a loaded handler does,
 * also in module scope, is its behaviour and is judged.
 */
import { LongrunError } from "../domain/errors.ts";
import type { InvocationOutcome } from "../domain/invocation.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

type FunctionError = Extract<InvocationOutcome, { readonly outcome: "function-error" }>;

/** The error types of the runtime for such a handler. They are the same on the engine and on AWS. */
const NOT_LOADABLE = new Set([
  "Runtime.HandlerNotFound",
  "Runtime.ImportModuleError",
  "Runtime.InvalidEntrypoint",
  "Runtime.MalformedHandlerName",
  "Runtime.UserCodeSyntaxError",
]);

export function refuseUnloadable(soak: Soak, one: SoakFunction, n: number, outcome: InvocationOutcome): void {
  const { deployment, label } = one.input;
  if (n !== 1 || deployment === null || outcome.outcome !== "function-error") return;
  if (!isNotLoadable(outcome)) return;
  soak.refused ??= new LongrunError(
    "usage",
    `${label}: expected a handler that can be loaded, but ${reasonIn(outcome)}`,
    { hint: `The handler is ${deployment.handler} (--handler), on ${deployment.runtime}. There is no run.` },
  );
  soak.ports.stop.requestDrain("handler-not-loadable");
}

function reasonIn({ errorType, errorMessage }: FunctionError): string {
  return [errorType, errorMessage ?? "no message"].filter((part) => part !== null).join(": ");
}

/** The sentences of AWS's client for Java about a handler that is missing or has a wrong form. They have no error type. */
const WRONG_IN_JAVA =
  /^(?:No public method named |Class does not implement an appropriate handler interface: |Class \S+ does not implement \S+ with concrete type parameters|Invalid handler: )/;

/**
 * Whether the error means that the handler cannot be loaded. The failed import of an ES module has no error type of its own, and Java's
 * client has none for a missing handler, so the message decides.
 */
function isNotLoadable({ errorType, errorMessage }: FunctionError): boolean {
  if (errorType !== null && NOT_LOADABLE.has(errorType)) return true;
  if (errorType === null && WRONG_IN_JAVA.test(errorMessage ?? "")) return true;
  if (
    errorType === "java.lang.ClassNotFoundException" &&
    errorMessage?.startsWith("Class not found: ") === true
  )
    return true;
  return (
    errorType === "Error" && /^Cannot find (?:package|module) '.+' imported from /.test(errorMessage ?? "")
  );
}
