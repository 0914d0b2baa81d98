/**
 * Some invocations are only counted, because nothing about them is unusual (evidence/evidence-need.ts). Adds these counts to an environment
 * and its boots.
 */
import type { CondensedInvocations } from "../../evidence/gathered-evidence.ts";
import type { ObservedEnvironment } from "./environment.ts";

export function addCondensed(
  environment: ObservedEnvironment,
  condensed: readonly CondensedInvocations[],
): void {
  for (const { bootId, served, invocations, lines } of condensed) {
    const before = environment.condensed;
    environment.condensed = {
      served: before.served + (served ? invocations : 0),
      unseen: before.unseen + (served ? 0 : invocations),
    };
    const boot = environment.boots.find((one) => one.bootId === bootId);
    if (boot !== undefined) boot.condensedLines += lines;
  }
}

/** Counts all invocations of an environment, listed or only counted. */
export function invocationsIn({ keptInvocations, condensed }: ObservedEnvironment): number {
  return keptInvocations.length + condensed.served + condensed.unseen;
}
