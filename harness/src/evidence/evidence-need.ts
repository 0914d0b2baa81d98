/**
 * What a step of the judgement can need of *quiet* invocations. A quiet invocation succeeded. It opened and closed its own connection, or
 * no source shows a connection of it. No source shows anything unusual about it. If there are many quiet invocations, only those that a
 * declared need asks for are kept, and the rest are counted (needs/). All other evidence is always kept. This file and needs/ are the
 * complete rules for what may be left out of a judgement.
 */
export const EVIDENCE_NEEDS = [
  // Needs for which quiet invocations are kept one by one:
  /** The first two and the last two quiet invocations of each environment. They show how long the environment lived and when it was first used. */
  "environment-ends",
  /**
   * The two quiet invocations before and the two after anything that is not quiet, in the same environment. They show a connection that was
   * kept or a process that failed later.
   */
  "environment-neighbours",
  /** In each environment, the first quiet invocation after each time at which an environment was made or became usable. */
  "first-after-birth",
  /**
   * The quiet invocations at and next to each time at which something not quiet happened. They show who was served last before and first
   * after it.
   */
  "around-trouble",
  /** The quiet invocations that ran at the time of the highest concurrency. */
  "most-concurrent",
  /** The quiet invocations that give the closest bounds for the difference of two clocks. */
  "clock-bounds",
  /** The quiet invocations without any line of the function, if its process writes lines. It is unknown what each of them did. */
  "silent-invocations",
  // Needs for which quiet invocations are only counted:
  /** The number of quiet invocations in each boot, and the number of lifecycle lines that they wrote. */
  "invocation-counts",
  /** The number of lines and connections in the other sources that belong to quiet invocations. */
  "source-counts",
  /** The duration of each quiet invocation. */
  "durations",
  /** When each quiet invocation began and ended. */
  "invocation-times",
  /** All quiet invocations, one by one. Then nothing is left out. */
  "every-invocation",
] as const;

export type EvidenceNeed = (typeof EVIDENCE_NEEDS)[number];
export type EvidenceNeeds = ReadonlySet<EvidenceNeed>;

/** The needs of all steps together. A step without a declaration may read everything, so then nothing is left out. */
export function unionOfNeeds(steps: Iterable<{ readonly needs?: readonly EvidenceNeed[] }>): EvidenceNeeds {
  const union = new Set<EvidenceNeed>();
  for (const { needs } of steps) for (const need of needs ?? ["every-invocation" as const]) union.add(need);
  return union;
}
