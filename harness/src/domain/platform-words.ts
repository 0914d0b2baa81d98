/** Words of the Lambda platform, as its logs and its API write them. */

/** How a phase or an invocation ended. */
export const PHASE_STATUSES = ["success", "failure", "error", "timeout"] as const;
export type PhaseStatus = (typeof PHASE_STATUSES)[number];

/** In which phase an Init ran. `invoke`: the Init was repeated inside an invocation. */
export const INIT_PHASES = ["init", "invoke", "snap-start"] as const;
export type InitPhase = (typeof INIT_PHASES)[number];

export type InitializationType = "on-demand" | "provisioned-concurrency";

export const LOG_FORMATS = ["JSON", "Text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The log levels, the least severe first. */
export const APPLICATION_LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export type ApplicationLogLevel = (typeof APPLICATION_LOG_LEVELS)[number];
export const SYSTEM_LOG_LEVELS = ["DEBUG", "INFO", "WARN"] as const;
export type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

/** How the life of a runtime process ended early. */
export const RESETS = ["timeout", "crash", "out-of-memory"] as const;
export type ResetKind = (typeof RESETS)[number];

/** The state of an execution environment of the local engine. */
export type EnvironmentState = "initialising" | "idle" | "invoking" | "resetting" | "shutting-down" | "ended";
