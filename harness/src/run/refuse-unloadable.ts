/**
 * Refuses a run if the first answer shows that the handler of the user's package cannot be loaded. Such a package fails every invocation in the
 * same way and shows nothing about connections. The run is refused with the runtime's error. Everything that a loaded handler does, also in
 * module scope, is its behaviour and is judged.
 */
import { LongrunError } from "../domain/errors.ts";
import type { InvocationOutcome } from "../domain/invocation.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

type FunctionError = Extract<InvocationOutcome, { readonly outcome: "function-error" }>;

/** The error types of the runtime for such a handler. They are the same on the engine and on AWS. */
const NOT_LOADABLE = new Set([
  "Runtime.HandlerNotFound",
  "Runtime.ImportModuleError",
  "Runtime.MalformedHandlerName",
  "Runtime.UserCodeSyntaxError",
]);

export function refuseUnloadable(soak: Soak, one: SoakFunction, n: number, outcome: InvocationOutcome): void {
  const { deployment, label } = one.input;
  if (n !== 1 || deployment === null || outcome.outcome !== "function-error") return;
  if (!isNotLoadable(outcome)) return;
  soak.refused ??= new LongrunError(
    "usage",
    `${label}: expected a handler that can be loaded, but ${outcome.errorType}: ${outcome.errorMessage ?? "no message"}`,
    { hint: `The handler is ${deployment.handler} (--handler), on ${deployment.runtime}. There is no run.` },
  );
  soak.ports.stop.requestDrain("handler-not-loadable");
}

/**
 * Whether the error means that the handler cannot be loaded. The failed import of an ES module has no error type of its own, so its message
 * decides.
 */
function isNotLoadable({ errorType, errorMessage }: FunctionError): boolean {
  if (errorType !== null && NOT_LOADABLE.has(errorType)) return true;
  return (
    errorType === "Error" && /^Cannot find (?:package|module) '.+' imported from /.test(errorMessage ?? "")
  );
}
