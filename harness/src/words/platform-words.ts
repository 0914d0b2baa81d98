/** Words of the Lambda platform, as its logs and its API write them. */

export const PHASE_STATUSES = ["success", "failure", "error", "timeout"] as const;
export type PhaseStatus = (typeof PHASE_STATUSES)[number];

/** `invoke`: the Init was repeated inside an invocation. */
export const INIT_PHASES = ["init", "invoke", "snap-start"] as const;
export type InitPhase = (typeof INIT_PHASES)[number];

const LOCAL_INITIALIZATION_TYPES = ["on-demand", "provisioned-concurrency"] as const;
/** The initialization types of the local engine, which has no SnapStart. */
export type InitializationType = (typeof LOCAL_INITIALIZATION_TYPES)[number];
export const INITIALIZATION_TYPES = [...LOCAL_INITIALIZATION_TYPES, "snap-start"] as const;

export const LOG_FORMATS = ["JSON", "Text"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** The least severe first. */
export const APPLICATION_LOG_LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export type ApplicationLogLevel = (typeof APPLICATION_LOG_LEVELS)[number];
/** The levels that can hide a line of a runtime's client. TRACE and DEBUG hide no more of these lines than INFO, so they count as INFO. */
export type HidingLevel = Exclude<ApplicationLogLevel, "TRACE" | "DEBUG">;
export const SYSTEM_LOG_LEVELS = ["DEBUG", "INFO", "WARN"] as const;
export type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

/** The beginnings of the platform's lines in a log in Text format. */
export const INIT_LINES = ["INIT_START", "INIT_REPORT"] as const;
export const RESTORE_LINES = ["RESTORE_START", "RESTORE_REPORT"] as const;
export const REQUEST_LINES = ["START RequestId:", "END RequestId:", "REPORT RequestId:"] as const;

export const THROTTLE_REASONS = [
  "ReservedFunctionConcurrentInvocationLimitExceeded",
  "ConcurrentInvocationLimitExceeded",
] as const;
export type ThrottleReason = (typeof THROTTLE_REASONS)[number];

export const RESETS = ["timeout", "crash", "out-of-memory"] as const;
export type ResetKind = (typeof RESETS)[number];

export type EnvironmentState = "initialising" | "idle" | "invoking" | "resetting" | "shutting-down" | "ended";
