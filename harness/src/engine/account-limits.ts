/** The quotas of the engine's account: those of a grown AWS account. Pure. */

export const ACCOUNT_LIMITS = {
  totalCodeSize: 80_530_636_800,
  codeSizeUnzipped: 262_144_000,
  codeSizeZipped: 52_428_800,
  concurrentExecutions: 1_000,
  /** What reservations must leave to functions without one. */
  unreservedMinimum: 100,
} as const;
