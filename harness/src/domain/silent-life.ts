/** How long an `ahead-elsewhere` step keeps its environment without an invocation, at least (docs/contracts.md#the-platform). */
export function silentLifeMs(intervalMs: number): number {
  return Math.max(5_000, 3 * intervalMs);
}
