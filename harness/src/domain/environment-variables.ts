/** The environment variables of a process, such as `process.env`, for code that only reads them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** Lambda's limit for the names and values of all variables that a function's owner sets (docs/aws/limits.md). */
export const ENVIRONMENT_BYTES_MAX = 4_096;
