/** Everything that is known about one function, from all sources together. */
import type { DurationMs, EpochMs } from "../../base/time.ts";
import type { Places } from "../../words/capacity.ts";
import type { ClockPair } from "../../result/findings/accounting-findings.ts";
import type { Listed } from "../../base/listed.ts";
import type { JudgementSettings } from "../../record/judgement-settings.ts";
import type { MetricsComparison } from "./metrics-comparison.ts";
import type { DriverInvocation, DriverTimeline } from "../timeline/driver-timeline.ts";
import type {
  Attempt,
  ObservedEnvironment,
  ObservedInvocation,
  LinkConnection,
} from "../timeline/environment.ts";
import type { EnvironmentsById } from "../timeline/environments-by-id.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";

/** The settings of a judgement, with their lengths as lengths. */
export interface TypedSettings extends JudgementSettings {
  readonly clockToleranceMs: DurationMs;
  readonly settleMs: DurationMs;
  readonly idleLifeMs: DurationMs;
}

export interface FunctionHistory {
  readonly name: string;
  readonly settings: TypedSettings;
  /** Whether one machine wrote all lines, so that their order needs no tolerance. */
  readonly local: boolean;
  /**
   * Two lines of different clocks have a known order if their times differ by more than this. Infinity if the clocks differ by more than is
   * allowed.
   */
  readonly orderToleranceMs: DurationMs;
  readonly evidenceEnd: EpochMs | null;
  readonly environments: readonly ObservedEnvironment[];
  readonly environmentById: EnvironmentsById;
  /** All invocations that a log stream shows, by START. */
  readonly invocations: Listed<ObservedInvocation>;
  /** The latest START of each request id that has more than one START. */
  readonly startedAgain: ReadonlyMap<string, EpochMs>;
  /**
   * Whether the logs have invocations but no START, END or REPORT. Then a stream without a START does not show that no invocation began.
   */
  readonly startsMissing: boolean;
  /** Null if there is no journal. */
  readonly driver: DriverTimeline | null;
  readonly driverByRequest: ReadonlyMap<string, DriverInvocation>;
  /** Null if there is no peer log. */
  readonly peer: PeerTimeline | null;
  /** The link connections by environment. Null if there is no link log. */
  readonly links: ReadonlyMap<string, readonly LinkConnection[]> | null;
  /** Whether there are link connections, and none is missing in the link logs of all functions together. */
  readonly linksWhole: boolean;
  /** The accepted connections of this function in order of time, without those that the client gave up before the peer accepted them. */
  readonly holds: readonly Attempt[];
  readonly refused: readonly Attempt[];
  /** The members of `holds` for which the function wrote a line, in order of that line. */
  readonly ownHolds: readonly Attempt[];
  readonly foreignStreams: ReadonlySet<string>;
  readonly reservedConcurrency: number | null;
  readonly capacity: ObservedCapacity;
  /** Whether `--success` was given, so that the answer decides whether an invocation succeeded. */
  readonly successDeclared: boolean;
  /** Null if CloudWatch's metrics were not read or are not compared yet. */
  readonly metrics: MetricsComparison | null;
  /** How far the clocks of peer and driver differ from the functions' clock. Only clocks whose difference could be bounded are listed. */
  readonly skew: readonly SkewBound[];
  /**
   * If the peer's times seem to be in another time zone than they say: how many milliseconds must be added to them so that they fit (a
   * negative number makes them earlier). Else null.
   */
  readonly peerFitsAtMs: DurationMs | null;
}

/** How many connections the peer serves at one time: what the user said, and what the evidence shows. */
export interface ObservedCapacity {
  /** Null if the number is unknown, or if the evidence shows that it is higher than `named`. */
  readonly places: Places;
  /** From the user, or the default. */
  readonly named: Places;
  readonly given: boolean;
  /** The most connections that can have been open at the peer at one time. Null if neither a whole peer log nor a link log shows it. */
  readonly peak: number | null;
  /** Whether connections that were certainly open at one time prove that the peer has more places than `named`. */
  readonly refuted: boolean;
  /** The most connections that one environment was seen to have open at one time; at least 1. */
  readonly perEnvironment: number;
  /** An upper bound of `perEnvironment`: a connection counts as open until a line shows its end. */
  readonly perEnvironmentAtMost: number;
}

export interface SkewBound {
  readonly between: ClockPair;
  readonly atLeastMs: DurationMs;
  readonly atMostMs: DurationMs;
  /** Whether the clocks certainly differ by more than the tolerance. */
  readonly beyond: boolean;
  /** Whether the bounds contradict each other. Then the clocks of two environments differ. */
  readonly contradictory: boolean;
}
