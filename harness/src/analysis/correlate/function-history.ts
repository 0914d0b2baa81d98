/**
 * Everything that is known about one function, joined: what checks read. Made once per judgement by correlate-evidence.ts.
 */
import type { EvidenceNeed } from "../../evidence/evidence-need.ts";
import type { CondensedElsewhere } from "../../evidence/gathered-evidence.ts";
import type { ClockPair } from "../../domain/findings/accounting-findings.ts";
import type { Listed } from "../../domain/listed.ts";
import type { JudgementSettings } from "../judgement-settings.ts";
import type { DriverInvocation, DriverTimeline } from "../timeline/driver-timeline.ts";
import type {
  Attempt,
  ObservedEnvironment,
  ObservedInvocation,
  LinkConnection,
} from "../timeline/environment.ts";
import type { Span } from "../timeline/clock-shifts.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";

export interface FunctionHistory {
  /** All that steps may need: parts of it are seen through evidence-view.ts. */
  readonly granted: Readonly<Record<EvidenceNeed, true>>;
  readonly name: string;
  readonly settings: JudgementSettings;
  /** One machine wrote everything: order needs no tolerance. */
  readonly local: boolean;
  /** Tolerance for the order of what different clocks wrote; Infinity where they were seen to differ by more than is allowed. */
  readonly orderToleranceMs: number;
  readonly evidenceEnd: number | null;
  readonly environments: readonly ObservedEnvironment[];
  readonly environmentById: ReadonlyMap<string, ObservedEnvironment>;
  /** All invocations that a stream shows, by START. */
  readonly invocations: Listed<ObservedInvocation>;
  /** How long invocations took that are in no list. */
  readonly condensedDurationsMs: Iterable<number>;
  /** What driver, peer and links said of these. */
  readonly condensedElsewhere: CondensedElsewhere;
  /** Null: no journal. */
  readonly driver: DriverTimeline | null;
  readonly driverByRequest: ReadonlyMap<string, DriverInvocation>;
  /** Null: no peer log. */
  readonly peer: PeerTimeline | null;
  /** By environment; null: no links. */
  readonly links: ReadonlyMap<string, readonly LinkConnection[]> | null;
  /** The function was seen to go through its links, and none of their connections is missing. */
  readonly linksWhole: boolean;
  /** Connections of this function that were accepted, by when; abandoned ones excluded. */
  readonly holds: readonly Attempt[];
  /** The same, of those with a line of the function's own. */
  readonly ownHolds: readonly Attempt[];
  /** Log streams that are known to be of another function. */
  readonly foreignStreams: ReadonlySet<string>;
  readonly reservedConcurrency: number | null;
  /** `--success` decides by the answer whether an invocation succeeded. */
  readonly successDeclared: boolean;
  /** Spans over which CloudWatch's own metrics count as many invocations and errors as the logs show. Empty: none were read. */
  readonly metricsAgree: readonly Span[];
  /** Skew of the peer's clock against the functions', and of the driver's, where it could be bounded. */
  readonly skew: readonly SkewBound[];
}

export interface SkewBound {
  readonly between: ClockPair;
  readonly atLeastMs: number;
  readonly atMostMs: number;
  readonly beyond: boolean;
  /** The bounds exclude each other: two environments' clocks differ from each other. */
  readonly contradictory: boolean;
}
