/**
 * How long the environment of an `ahead-elsewhere` stays alive and silent at least: max(5 s, 3 intervals) (docs/contracts.md#the-platform).
 */
export function silentLifeMs(intervalMs: number): number {
  return Math.max(5_000, 3 * intervalMs);
}
