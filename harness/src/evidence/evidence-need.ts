/**
 * What a step of the judgement can need of *quiet* invocations: those that succeeded, used a connection of their own or none that shows, and that
 * every source shows undisturbed. Of many, only what some step declares is kept or counted (needs/); the rest of the evidence is
 * always there. The rules of this file and of needs/ are the whole answer to "what may be left out of a judgement".
 */
export const EVIDENCE_NEEDS = [
  // Kept one by one:
  /** The first two and the last two of each environment: how long it lived, and when it was first used. */
  "environment-ends",
  /** The two before and the two behind whatever is not quiet, in the same environment: a connection that was kept, a process that failed later. */
  "environment-neighbours",
  /** In each environment the first one behind each instant at which an environment came to be, or came to be usable. */
  "first-after-birth",
  /** At, and next to, each instant at which something happened that is not quiet: who was served last before it, and first behind it. */
  "around-trouble",
  /** Those that ran when the most ran at once. */
  "most-concurrent",
  /** Those that bound closest how far two clocks are apart. */
  "clock-bounds",
  /** Those of which nothing shows what they did, of a process that writes lines of its own: each of them is a question. */
  "silent-invocations",
  // Counted:
  /** How many there are of each boot, and how many lifecycle lines they wrote. */
  "invocation-counts",
  /** How many lines and connections of the other sources are about them. */
  "source-counts",
  /** How long each of them took. */
  "durations",
  /** When each of them began and ended. */
  "invocation-times",
  /** All of them one by one: nothing is left out. */
  "every-invocation",
] as const;

export type EvidenceNeed = (typeof EVIDENCE_NEEDS)[number];
export type EvidenceNeeds = ReadonlySet<EvidenceNeed>;

/** All that some step needs. A step that declares nothing may look at anything: then nothing is left out. */
export function unionOfNeeds(steps: Iterable<{ readonly needs?: readonly EvidenceNeed[] }>): EvidenceNeeds {
  const union = new Set<EvidenceNeed>();
  for (const { needs } of steps) for (const need of needs ?? ["every-invocation" as const]) union.add(need);
  return union;
}
