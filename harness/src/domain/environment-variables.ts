/** The environment variables of a process, such as `process.env`, for code that only reads them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;
