/**
 * Lists what the judgement needs to know about *quiet* invocations, in which nothing unusual happened (evidence/evidence-need.ts). This
 * list decides which quiet invocations are kept one by one when evidence is read.
 */
import { DEFAULT_CAPACITY, DEFAULT_IN_FLIGHT, type Capacity } from "../domain/capacity.ts";
import { unionOfNeeds, type EvidenceNeed, type EvidenceNeeds } from "../evidence/evidence-need.ts";
import type { EvidenceView, OwnerIn } from "./correlate/evidence-view.ts";
import { CORRELATION_NEEDS } from "./correlate/correlate-evidence.ts";
import { COMPETING_NEEDS } from "./verdict/competing-functions.ts";
import { METRICS_NEEDS } from "./attribution/compare-metrics.ts";
import { IN_TURN_NEEDS } from "./attribution/used-in-turn.ts";
import { EXCHANGE_NEEDS, NUMBER_NEEDS } from "./verdict/count-numbers.ts";
import { ASSESSMENT_NEEDS } from "./verdict/assess-invocation.ts";
import { ALL_CHECKS } from "./verdict/checks/all-checks.ts";
import { OUTCOME_NEEDS } from "./attribution/invocation-outcome.ts";
import { ENVIRONMENT_NEEDS } from "./verdict/describe-environment.ts";
import { RUNTIME_NEEDS } from "./verdict/describe-runtime.ts";
import { THROTTLE_NEEDS } from "./verdict/explain-throttle.ts";
import { EXPOSURE_NEEDS } from "./verdict/find-exposures.ts";
import { HARM_WINDOW_NEEDS, HELD_NEEDS } from "./verdict/harm-windows.ts";
import { TAKEOVER_NEEDS } from "./verdict/find-takeovers.ts";
import { CAUSE_NEEDS } from "./verdict/name-cause.ts";
import { UNNUMBERED_NEEDS } from "./unnumbered-sources.ts";
import { UNHEARD_NEEDS } from "./unreached-server.ts";

/**
 * The needs of the steps that analyze.ts and assess-function.ts call. If a step has another need, passing a `JudgementView` to it there
 * does not compile.
 */
const STEP_NEEDS = [
  ...CORRELATION_NEEDS,
  ...METRICS_NEEDS,
  ...IN_TURN_NEEDS,
  ...ASSESSMENT_NEEDS,
  ...THROTTLE_NEEDS,
  ...CAUSE_NEEDS,
  ...TAKEOVER_NEEDS,
  ...EXPOSURE_NEEDS,
  ...HARM_WINDOW_NEEDS,
  ...HELD_NEEDS,
  ...ENVIRONMENT_NEEDS,
  ...NUMBER_NEEDS,
  ...EXCHANGE_NEEDS,
  ...OUTCOME_NEEDS,
  ...RUNTIME_NEEDS,
  ...UNNUMBERED_NEEDS,
  ...UNHEARD_NEEDS,
  ...COMPETING_NEEDS,
] as const;

/** Everything that at least one step may read. The checks have needs of their own. */
export type JudgementView = EvidenceView<typeof STEP_NEEDS>;
export type JudgementOwner = OwnerIn<typeof STEP_NEEDS>;

/**
 * With several places, or several invocations in flight, the times at which each environment was at work are needed. So no invocation is
 * left out. `checks` are the checks that will run.
 */
export function judgementNeeds(
  checks: Iterable<{ readonly needs?: readonly EvidenceNeed[] }> = ALL_CHECKS,
  { places, inFlight }: Pick<Capacity, "places"> & { readonly inFlight: number } = {
    places: DEFAULT_CAPACITY,
    inFlight: DEFAULT_IN_FLIGHT,
  },
): EvidenceNeeds {
  const everything: readonly EvidenceNeed[] = places === 1 && inFlight === 1 ? [] : ["every-invocation"];
  return unionOfNeeds([{ needs: STEP_NEEDS }, { needs: everything }, ...checks]);
}
