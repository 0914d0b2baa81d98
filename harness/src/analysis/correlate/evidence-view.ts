/**
 * The part of a function's history that a step may read: the members for the needs that the step declares. A member contains at least those quiet
 * invocations that the needs ask for (evidence/evidence-need.ts). It can contain more, but no step may rely on that. If a step reads a member
 * without the need for it, or passes its view to a step that needs more, the step does not compile.
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
    | "invocations"
    | "driver"
    | "driverByRequest"
    | "peer"
    | "links"
    | "linksWhole"
    | "holds"
    | "refused"
    | "ownHolds";
  readonly "most-concurrent": "invocations" | "driver";
  readonly "clock-bounds": "skew";
  readonly "silent-invocations": "invocations";
  readonly "invocation-counts": "environments" | "environmentById";
  readonly "source-counts": "condensedElsewhere" | "driver" | "peer" | "links" | "linksWhole";
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
