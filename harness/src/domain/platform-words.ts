/** Words of the Lambda platform, as its logs and its API write them. */

export const PHASE_STATUSES = ["success", "failure", "error", "timeout"] as const;
export type PhaseStatus = (typeof PHASE_STATUSES)[number];

/** `invoke`: the Init was repeated inside an invocation. */
export const INIT_PHASES = ["init", "invoke", "snap-start"] as const;
export type InitPhase = (typeof INIT_PHASES)[number];

export type InitializationType = "on-demand" | "provisioned-concurrency";

export const LOG_FORMATS = ["JSON", "Text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The least severe first. */
export const APPLICATION_LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export type ApplicationLogLevel = (typeof APPLICATION_LOG_LEVELS)[number];
export const SYSTEM_LOG_LEVELS = ["DEBUG", "INFO", "WARN"] as const;
export type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

export const RESETS = ["timeout", "crash", "out-of-memory"] as const;
export type ResetKind = (typeof RESETS)[number];

export type EnvironmentState = "initialising" | "idle" | "invoking" | "resetting" | "shutting-down" | "ended";
