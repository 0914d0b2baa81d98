/** The settings of a judgement, their defaults, and what a user may set in place of what the run was started with. */
import type { EpochMs } from "../base/time.ts";
import { DEFAULT_CAPACITY, DEFAULT_IN_FLIGHT, type Capacity } from "../words/capacity.ts";
import { JUDGED_DEFAULTS, type JudgedProfile } from "./judged-profile.ts";
import type { HidingLevel } from "../words/platform-words.ts";
import type { Verdict } from "../words/verdict.ts";

export interface JudgementSettings extends JudgedProfile {
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
  readonly toolVersion: string;
  /** The end of the evidence, if it is later than the last event. Null if the last event is the end. */
  readonly until: EpochMs | null;
}

export const DEFAULT_JUDGEMENT_SETTINGS: JudgementSettings = {
  ...JUDGED_DEFAULTS,
  expectations: {},
  applicationLogLevel: null,
  reservedConcurrency: null,
  inFlight: DEFAULT_IN_FLIGHT,
  capacity: { places: DEFAULT_CAPACITY, given: false },
  peerCapacities: { every: null, named: {} },
  toolVersion: "0.0.0",
  until: null,
};

/** What the evidence, not the user, says: the version is this program's, and `until` is known to who read the evidence. */
type OfEvidence = "toolVersion" | "until";
export type GivenSettings = Omit<JudgementSettings, OfEvidence>;

/** What a user sets for one judgement, in place of what the run was started with. The result says it (`overrides`). */
export type Overrides = Partial<Omit<GivenSettings, "peerCapacities">> & {
  /** By the name of the peer. `capacity` is for all others. */
  readonly peerCapacities?: Readonly<Record<string, Capacity>>;
};
