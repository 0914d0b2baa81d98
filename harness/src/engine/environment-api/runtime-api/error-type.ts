/** The error types that a runtime may report. Pure. */

/** A type that the runtime gave is kept only where AWS keeps it (docs/aws/lifecycle.md#error-types). */
export function validErrorType(given: string): string {
  if (/^(Runtime|Function)\.[A-Z][A-Za-z]+$/.test(given)) return given;
  return given.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}
