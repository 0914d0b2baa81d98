/** The error types that a runtime may report. Pure. */

/** Keeps the type that the runtime gave if AWS keeps it, else returns an `Unknown` type (docs/aws/lifecycle.md#error-types). */
export function validErrorType(given: string): string {
  if (/^(Runtime|Function)\.[A-Z][A-Za-z]+$/.test(given)) return given;
  return given.startsWith("Function.") ? "Function.Unknown" : "Runtime.Unknown";
}
