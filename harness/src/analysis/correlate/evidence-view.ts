/**
 * The part of a function's history that a step may read: the members for the needs that the step declares. A member contains at least those quiet
 * invocations that the needs ask for (evidence/evidence-need.ts). It can contain more, but no step may rely on that. If a step reads a member
 * without the need for it, or passes its view to a step that needs more, the step does not compile.
 *
 * The names of members say what a list contains. `keptInvocations` has every invocation that is not quiet, and those quiet ones that some step
 * needs. So it is right for a step that looks for something unusual, or that adds the counts of the others. `invocations` has all of them, and only
 * the need `every-invocation` grants it. A need for which quiet invocations are only counted grants counts and no list.
 */
import type { EvidenceNeed } from "../../evidence/evidence-need.ts";
import type { FunctionHistory } from "./function-history.ts";

/** These members do not depend on which invocations are left out. */
type Always =
  | "name"
  | "settings"
  | "local"
  | "orderToleranceMs"
  | "evidenceEnd"
  | "foreignStreams"
  | "startedAgain"
  | "reservedConcurrency"
  | "capacity"
  | "successDeclared"
  | "metrics";

interface MembersBy {
  readonly "environment-ends": "environments" | "environmentById";
  readonly "environment-neighbours": "environments" | "environmentById";
  readonly "first-after-birth": "environments" | "environmentById";
  readonly "around-trouble":
    | "keptInvocations"
    | "driver"
    | "driverByRequest"
    | "peer"
    | "links"
    | "linksWhole"
    | "holds"
    | "refused"
    | "ownHolds";
  readonly "most-concurrent": "keptInvocations" | "driver";
  readonly "clock-bounds": "skew";
  readonly "silent-invocations": "keptInvocations";
  readonly "invocation-counts": "environmentCounts";
  readonly "source-counts": "condensedElsewhere";
  readonly durations: "condensedDurationsMs";
  readonly "invocation-times": "condensedTimes";
  readonly "every-invocation": keyof FunctionHistory;
}

/** The need for every invocation includes every other need. */
export type Granted<Needs extends readonly EvidenceNeed[]> = "every-invocation" extends Needs[number]
  ? EvidenceNeed
  : Needs[number];

export type EvidenceView<Needs extends readonly EvidenceNeed[]> = Pick<
  FunctionHistory,
  Always | MembersBy[Granted<Needs>]
> & { readonly granted: { readonly [Need in Granted<Needs>]: true } };
