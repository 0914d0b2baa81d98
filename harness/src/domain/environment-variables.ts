/** The environment variables of a process, such as `process.env`, for code that only reads them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Lambda's limit for the names and values of all variables that a function's owner sets (docs/aws/limits.md). */
export const ENVIRONMENT_BYTES_MAX = 4_096;

/** The form of a name of a variable that a function's owner sets, from AWS's API model: two characters or more. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/** The names that Lambda sets itself and that a function's owner may not set (docs/aws/limits.md). */
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
