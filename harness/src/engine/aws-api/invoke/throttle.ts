import { LambdaError } from "../../request-validation/lambda-error.ts";

/** Returns the error of a throttled invocation, byte for byte as recorded from AWS (docs/aws/concurrency.md#throttle). */
export function throttle(reason: string): LambdaError {
  return new LambdaError("TooManyRequestsException", "Rate Exceeded.", { Reason: reason });
}
