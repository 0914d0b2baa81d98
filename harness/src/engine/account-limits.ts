/** The account quotas that the engine applies: AWS's defaults, not the lower quotas of a new account. Pure. */

export const ACCOUNT_LIMITS = {
  totalCodeSize: 80_530_636_800,
  codeSizeUnzipped: 262_144_000,
  codeSizeZipped: 52_428_800,
  concurrentExecutions: 1_000,
  /** Reserved concurrency must leave at least this many executions to the functions without a reservation. */
  unreservedMinimum: 100,
} as const;
