/** The settings of a judgement. The caller passes every member. */
import { CLOCK_TOLERANCE_MS, IDLE_LIFE_MS, LATE_LOGS_MS } from "../domain/judgement-defaults.ts";
import {
  capacityOfRun,
  DEFAULT_CAPACITY,
  DEFAULT_IN_FLIGHT,
  DEFAULT_KEPT_CONNECTIONS,
  type Capacity,
  type KeptConnections,
} from "../domain/capacity.ts";
import type { ResolvedProfile } from "../domain/manifest.ts";
import type { HidingLevel } from "../domain/platform-words.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { EpochMs } from "../units/time.ts";

export interface JudgementSettings {
  /** How far apart the clocks of two machines can be. Events closer than this have no known order. */
  readonly clockToleranceMs: number;
  /** How long an environment that was never invoked is assumed to live after its Init. The report says that this is an assumption. */
  readonly idleLifeMs: number;
  /** How late log events may arrive. */
  readonly settleMs: number;
  /** Expressions such as `harm.total < 1` (verdict/parse-threshold.ts). */
  readonly thresholds: readonly string[];
  /** The expected verdict by function label. */
  readonly expectations: Readonly<Record<string, Verdict>>;
  /** From `--application-log-level`: the level of a JSON log. Null if the evidence decides. */
  readonly applicationLogLevel: HidingLevel | null;
  /** From `--reserved-concurrency`. Null if the evidence decides. */
  readonly reservedConcurrency: number | null;
  /** How many invocations of a function the driver keeps in flight at one time. 1 if there is no driver. */
  readonly inFlight: number;
  /** How many connections the peer serves at one time. */
  readonly capacity: Capacity;
  /** Capacities that replace those in the manifest if there are several peers. `every` is for each peer whose name is not in `named`. */
  readonly peerCapacities: {
    readonly every: Capacity | null;
    readonly named: Readonly<Record<string, Capacity>>;
  };
  /** `allowed`: the function is meant to keep connections between invocations, as a pool does (docs/checks.md#more-than-one-place). */
  readonly keptConnections: KeptConnections;
  /** From `--stranger`: the names of other clients of the peer, as these clients give them to the peer. */
  readonly strangers: readonly string[];
  readonly toolVersion: string;
  /** The end of the evidence, if it is later than the last event. Null if the last event is the end. */
  readonly until: EpochMs | null;
}

export const DEFAULT_JUDGEMENT_SETTINGS: JudgementSettings = {
  clockToleranceMs: CLOCK_TOLERANCE_MS,
  idleLifeMs: IDLE_LIFE_MS,
  settleMs: LATE_LOGS_MS,
  thresholds: [],
  expectations: {},
  applicationLogLevel: null,
  reservedConcurrency: null,
  inFlight: DEFAULT_IN_FLIGHT,
  capacity: { places: DEFAULT_CAPACITY, given: false },
  peerCapacities: { every: null, named: {} },
  keptConnections: DEFAULT_KEPT_CONNECTIONS,
  strangers: [],
  toolVersion: "0.0.0",
  until: null,
};

/** Returns the settings that only the run itself shows: how many invocations were in flight at one time, and how many places the peer had. */
export function placesOfRun(profile: ResolvedProfile): Pick<JudgementSettings, "inFlight" | "capacity"> {
  return {
    inFlight: profile.reservedConcurrency ?? DEFAULT_IN_FLIGHT,
    capacity: capacityOfRun(profile),
  };
}
