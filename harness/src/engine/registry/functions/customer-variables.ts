/**
 * Throws AWS's error if a customer's variable has a name that Lambda reserves, or if the variables together are larger than 4 KB
 * (docs/aws/limits.md). Pure.
 */
import { ENVIRONMENT_BYTES_MAX } from "../../../domain/environment-variables.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";

const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

export function checkVariables(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((key) => RESERVED_VARIABLES.has(key));
  const unable =
    "Lambda was unable to configure your environment variables because the environment variables you have provided";
  if (reserved.length > 0) {
    const keys = reserved.toSorted().join(", ");
    throw new LambdaError(
      "InvalidParameterValueException",
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${keys}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > ENVIRONMENT_BYTES_MAX) {
    throw new LambdaError(
      "InvalidParameterValueException",
      `${unable} exceeded the 4KB limit. String measured: ${measured.slice(0, 8_192)}`,
    );
  }
}
