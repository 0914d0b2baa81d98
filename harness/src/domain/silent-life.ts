/**
 * How long at least the environment that an `ahead-elsewhere` step initialises ahead is kept without an invocation: max(5 s, 3 intervals)
 * (docs/contracts.md#the-platform).
 */
export function silentLifeMs(intervalMs: number): number {
  return Math.max(5_000, 3 * intervalMs);
}
