/**
 * What a step of the judgement can need to know about *quiet* invocations. A quiet invocation succeeded, and no source shows anything
 * unusual about it: it opened and closed its own connection, or no source shows that it had one. If a run has many quiet invocations, only
 * those that a step needs are kept (see needs/), and the other quiet invocations are only counted. All other evidence is always kept.
 */
export const EVIDENCE_NEEDS = [
  // Needs for which quiet invocations are kept one by one:
  /** The first two and the last two quiet invocations of each environment. They show how long the environment lived and when it was first used. */
  "environment-ends",
  /** The two quiet invocations before anything that is not quiet, and the two after it. They show whether a connection was kept. */
  "environment-neighbours",
  /**
   * In each environment, the first quiet invocation after each time at which any environment of the function was made or became usable, and
   * after some other times (needs/first-after-birth.ts).
   */
  "first-after-birth",
  /** The quiet invocations next to each time at which something not quiet happened. They show who was served before and after it. */
  "around-trouble",
  /** The quiet invocations that ran at the time of the highest concurrency. */
  "most-concurrent",
  /** The quiet invocations that give the closest bounds for the difference of two clocks. */
  "clock-bounds",
  /**
   * The quiet invocations without a lifecycle line, if the log stream of their environment has lifecycle lines. What these quiet
   * invocations did is unknown.
   */
  "silent-invocations",
  // Needs for which quiet invocations are only counted:
  /** The number of quiet invocations in each boot, and the number of lifecycle lines that they wrote. */
  "invocation-counts",
  /** The number of lines and connections of quiet invocations in the other sources. */
  "source-counts",
  /** The duration of each quiet invocation. */
  "durations",
  /** When each quiet invocation began and ended. */
  "invocation-times",
  // The need that includes all others:
  /** All quiet invocations, one by one. Then nothing is left out. */
  "every-invocation",
] as const;

export type EvidenceNeed = (typeof EVIDENCE_NEEDS)[number];
export type EvidenceNeeds = ReadonlySet<EvidenceNeed>;

/** A step that declares no needs may read everything, so then nothing is left out. */
export function unionOfNeeds(steps: Iterable<{ readonly needs?: readonly EvidenceNeed[] }>): EvidenceNeeds {
  const union = new Set<EvidenceNeed>();
  for (const { needs } of steps) for (const need of needs ?? ["every-invocation" as const]) union.add(need);
  return union;
}
