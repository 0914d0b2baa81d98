/** The settings of a judgement: where the manifest of a run has each of them, and the value if it does not. */
import type { EpochMs } from "../base/time.ts";
import { capacityOfRun, DEFAULT_CAPACITY, DEFAULT_IN_FLIGHT, type Capacity } from "../words/capacity.ts";
import { IN_PROFILE, JUDGED_DEFAULTS, type JudgedProfile } from "./judged-profile.ts";
import type { Manifest } from "./manifest.ts";
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
type GivenSettings = Omit<JudgementSettings, OfEvidence>;

/** What a user sets for one judgement, in place of what the run was started with. The result says it (`overrides`). */
export type Overrides = Partial<Omit<GivenSettings, "peerCapacities">> & {
  /** By the name of the peer. `capacity` is for all others. */
  readonly peerCapacities?: Readonly<Record<string, Capacity>>;
};

type InManifest<Value> = (manifest: Manifest) => Value | undefined;

/** What a manifest says about the settings that its profile does not have under their own names. Null: nothing. */
const ELSEWHERE: {
  readonly [Name in Exclude<keyof GivenSettings, keyof JudgedProfile>]: InManifest<
    GivenSettings[Name]
  > | null;
} = {
  expectations: ({ functions }) =>
    Object.fromEntries(
      functions.flatMap(({ name, expected }) => (expected === null ? [] : [[name, expected]])),
    ),
  applicationLogLevel: null,
  // The journal has it for each function (`function-ready`).
  reservedConcurrency: null,
  inFlight: ({ profile }) => profile.reservedConcurrency,
  capacity: ({ profile }) => capacityOfRun(profile),
  // The capacities of several peers stand beside their names, which the judgement reads from the manifest.
  peerCapacities: null,
};

export const OVERRIDABLE = [...IN_PROFILE, ...(Object.keys(ELSEWHERE) as (keyof typeof ELSEWHERE)[])];

/**
 * Returns what a judgement uses: what the user sets for it, else what the run was started with, else the default. The manifest of an older
 * version may lack a member.
 */
export function judgementSettings(
  manifest: Manifest | null,
  { peerCapacities, ...given }: Overrides,
): GivenSettings {
  const ofRun = manifest === null ? {} : { ...inProfile(manifest), ...elsewhere(manifest) };
  return {
    ...DEFAULT_JUDGEMENT_SETTINGS,
    ...present(ofRun),
    ...present(given),
    peerCapacities: { every: given.capacity ?? null, named: peerCapacities ?? {} },
  };
}

function inProfile({ profile }: Manifest): Partial<JudgedProfile> {
  return Object.fromEntries(IN_PROFILE.map((name) => [name, profile[name]]));
}

function elsewhere(manifest: Manifest): Partial<GivenSettings> {
  return Object.fromEntries(Object.entries(ELSEWHERE).map(([name, read]) => [name, read?.(manifest)]));
}

/** Leaves out members without a value, so that they replace nothing. */
export function present<Members extends object>(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}
