/** What soaks show about the platform. Intervals have 95 % confidence. Lengths are in milliseconds. An unknown value is null, never 0. */
import type { JudgedTarget } from "../words/target.ts";

/** The rows of a platform profile that soaks can measure. */
export const CALIBRATED_ROWS = ["retire", "initialise-ahead", "ahead-elsewhere"] as const;
export type CalibratedRow = (typeof CALIBRATED_ROWS)[number];

export const OBSERVATIONS_LEAST = 30;

/** A shorter soak sees too few events for a calibration. */
export const CALIBRATION_RUN_MS_LEAST = 86_400_000;

/** A bound is null if the observations do not give it. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface InitShare {
  readonly count: number;
  readonly share: Figure;
}

export interface LengthRow {
  readonly observed: number;
  /** Number of lengths, such as lives of environments, that had not ended when the observation ended. */
  readonly open: number;
  readonly quartilesMs: readonly [first: Figure, median: Figure, third: Figure];
}

/** The time from one event of the row `name` to the next one, as a range in which all values are equally likely. */
export interface GapRow extends LengthRow {
  readonly name: CalibratedRow;
  readonly leastMs: Figure;
  readonly mostMs: Figure;
  /** Whether there are enough observations and both ends of the range are known. */
  readonly measured: boolean;
}

export interface CalibratedRun {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly durationMs: number;
  readonly functions: readonly string[];
}

export interface Calibration {
  readonly schemaVersion: 1;
  readonly confidence: number;
  readonly target: JudgedTarget;
  readonly runs: readonly CalibratedRun[];
  readonly inits: {
    readonly total: number;
    /** Inits that an invocation waited for. */
    readonly waitedFor: InitShare;
    /** Inits ahead of need: an invocation followed more than a second later. */
    readonly ahead: InitShare;
    readonly withoutInvoke: InitShare;
    /** Failed Inits, and Inits about which the logs show too little. */
    readonly other: number;
  };
  /** The time from the end of an Init ahead of need to the first invocation. */
  readonly aheadMs: LengthRow;
  /** The time from the start of the Init to the environment's end, for environments that were invoked. */
  readonly lifeMs: LengthRow;
  /** The time from the last invocation to the environment's end, for environments whose end is known. */
  readonly idleMs: LengthRow;
  readonly gaps: readonly GapRow[];
}
