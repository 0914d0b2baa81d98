import { setTimeout as sleep } from "node:timers/promises";

interface Watched<Seen> {
  readonly look: () => Promise<Seen>;
  /** By default, whether the look returned anything but null. */
  readonly enough?: (seen: Seen) => boolean;
  readonly pollMs: number;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** Calls `look` until what it returns is enough, or until `withinMs` have passed. Returns what it returned last. */
export async function watch<Seen>({
  look,
  enough = (seen) => seen !== null,
  pollMs,
  withinMs,
  signal,
}: Watched<Seen>): Promise<Seen> {
  const until = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (enough(seen) || performance.now() > until) return seen;
    await sleep(pollMs, null, { signal });
  }
}
