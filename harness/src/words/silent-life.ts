/** The shortest time for which an `ahead-elsewhere` step keeps its environment without an invocation (docs/contracts.md#the-platform). */
export function silentLifeMs(intervalMs: number): number {
  return Math.max(5_000, 3 * intervalMs);
}
