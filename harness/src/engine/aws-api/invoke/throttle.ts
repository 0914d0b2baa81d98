import { LambdaError } from "../../request-validation/lambda-error.ts";

/** Byte for byte as recorded: Reason, Type, message, with the full stop (docs/aws/concurrency.md#throttle). */
export function throttle(reason: string): LambdaError {
  return new LambdaError("TooManyRequestsException", "Rate Exceeded.", { Reason: reason });
}
