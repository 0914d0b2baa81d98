/** The environment variables of a process, for code that only reads them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Lambda's limit for the names and values of all variables of a function together (docs/aws/limits.md). */
export const ENVIRONMENT_BYTES_MAX = 4_096;

/** The form of a variable's name in AWS's API model. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/** Lambda sets these variables. A function's owner may not set them (docs/aws/limits.md). */
export const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
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
