/**
 * The part of a function's history that a step of the judgement may read. A step declares its needs (evidence/evidence-need.ts). Of the quiet
 * invocations (in which nothing unusual happened), the part contains at least those that these needs ask for, and no step may rely on more.
 * A step that reads a member without declaring a need that grants it (`MembersBy`) does not compile.
 *
 * `keptInvocations` has every invocation that is not quiet, and the quiet ones that were kept. It suits a step that looks for something
 * unusual, or that adds the counts of the invocations that are left out. `invocations` has all invocations, and needs `every-invocation`.
 */
import type { EvidenceNeed } from "../../evidence/evidence-need.ts";
import type { AttemptOwner, CountedOwner, WholeOwner } from "../timeline/environment.ts";
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
  | "startsMissing"
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
  readonly "clock-bounds": "skew" | "peerFitsAtMs";
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

/**
 * Each attempt and each invocation has an environment and a boot. This type is what a step can read of these two. A step that may read the
 * environments can read everything. A step with the need `invocation-counts` can read everything except the lists of invocations and
 * attempts. Other steps can read less.
 */
export type OwnerIn<Needs extends readonly EvidenceNeed[]> = "environments" extends MembersBy[Granted<Needs>]
  ? WholeOwner
  : "environmentCounts" extends MembersBy[Granted<Needs>]
    ? CountedOwner
    : AttemptOwner;

export type EvidenceView<Needs extends readonly EvidenceNeed[]> = Pick<
  FunctionHistory<OwnerIn<Needs>>,
  Always | MembersBy[Granted<Needs>]
> & { readonly granted: { readonly [Need in Granted<Needs>]: true } };
