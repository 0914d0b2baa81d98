/**
 * What a step of the judgement can need of *quiet* invocations. A quiet invocation succeeded, used a connection of its own or none that any
 * source shows, and is undisturbed in every source. If there are many, only those that a declared need asks for are kept, and the others
 * are counted (needs/). All other evidence is always kept. This file and needs/ are the complete rules for what may be left out of a
 * judgement.
 */
export const EVIDENCE_NEEDS = [
  // Kept one by one:
  /** The first two and the last two of each environment. They show how long it lived and when it was first used. */
  "environment-ends",
  /**
   * The two before and the two after anything that is not quiet, in the same environment. They show a connection that was kept or a process
   * that failed later.
   */
  "environment-neighbours",
  /** In each environment the first one after each time at which an environment was made or became usable. */
  "first-after-birth",
  /** Those at and next to each time at which something not quiet happened. They show who was served last before it and first after it. */
  "around-trouble",
  /** Those that ran when most invocations ran at once. */
  "most-concurrent",
  /** Those that give the closest bounds for the difference of two clocks. */
  "clock-bounds",
  /** Those without any line of the function, if its process writes lines. What each of them did is an open question. */
  "silent-invocations",
  // Counted:
  /** How many there are in each boot, and how many lifecycle lines they wrote. */
  "invocation-counts",
  /** How many lines and connections of the other sources belong to them. */
  "source-counts",
  /** The duration of each. */
  "durations",
  /** When each of them began and ended. */
  "invocation-times",
  /** All of them, one by one. Then nothing is left out. */
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
