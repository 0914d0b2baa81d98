/**
 * What all steps of the judgement together need to know about *quiet* invocations, in which nothing unusual happened (evidence/evidence-need.ts).
 * These needs decide which quiet invocations are kept one by one when evidence is read, and what is counted for the others.
 */
import { DEFAULT_CAPACITY, DEFAULT_IN_FLIGHT, type Capacity } from "../domain/capacity.ts";
import { unionOfNeeds, type EvidenceNeed, type EvidenceNeeds } from "../evidence/evidence-need.ts";
import { CORRELATION_NEEDS } from "./correlate/correlate-evidence.ts";
import { METRICS_NEEDS } from "./attribution/compare-metrics.ts";
import { NUMBER_NEEDS } from "./verdict/count-numbers.ts";
import { ASSESSMENT_NEEDS } from "./verdict/assess-invocation.ts";
import { ALL_CHECKS } from "./verdict/checks/all-checks.ts";
import { FAILURE_NEEDS } from "./verdict/assess-function.ts";
import { ENVIRONMENT_NEEDS } from "./verdict/describe-environment.ts";
import { RUNTIME_NEEDS } from "./verdict/describe-runtime.ts";
import { THROTTLE_NEEDS } from "./verdict/explain-throttle.ts";
import { EXPOSURE_NEEDS } from "./verdict/find-exposures.ts";
import { HARM_WINDOW_NEEDS } from "./verdict/harm-windows.ts";
import { TAKEOVER_NEEDS } from "./verdict/find-takeovers.ts";
import { CAUSE_NEEDS } from "./verdict/name-cause.ts";
import { UNNUMBERED_NEEDS } from "./unnumbered-sources.ts";

/**
 * The needs of a step that is called by another step are not listed, because the calling step must declare them, too. The type checker makes sure
 * of this (correlate/evidence-view.ts).
 */
const STEPS: readonly (readonly EvidenceNeed[])[] = [
  CORRELATION_NEEDS,
  METRICS_NEEDS,
  ASSESSMENT_NEEDS,
  THROTTLE_NEEDS,
  CAUSE_NEEDS,
  TAKEOVER_NEEDS,
  EXPOSURE_NEEDS,
  HARM_WINDOW_NEEDS,
  ENVIRONMENT_NEEDS,
  NUMBER_NEEDS,
  FAILURE_NEEDS,
  RUNTIME_NEEDS,
  UNNUMBERED_NEEDS,
];

/**
 * `checks` are the checks that will run. If the peer has more than one place, or several invocations are in flight at one time, the judgement needs
 * the times at which each environment was at work. So then no invocation is left out.
 */
export function judgementNeeds(
  checks: Iterable<{ readonly needs?: readonly EvidenceNeed[] }> = ALL_CHECKS,
  { places, inFlight }: Pick<Capacity, "places"> & { readonly inFlight: number } = {
    places: DEFAULT_CAPACITY,
    inFlight: DEFAULT_IN_FLIGHT,
  },
): EvidenceNeeds {
  const everything: readonly EvidenceNeed[] = places === 1 && inFlight === 1 ? [] : ["every-invocation"];
  return unionOfNeeds([...STEPS.map((needs) => ({ needs })), { needs: everything }, ...checks]);
}
