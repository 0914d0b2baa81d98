/** The settings of a judgement: which member of the manifest of a run has each of them, and the value if none has it. */
import type { EpochMs } from "../units/time.ts";
import {
  capacityOfRun,
  DEFAULT_CAPACITY,
  DEFAULT_IN_FLIGHT,
  DEFAULT_KEPT_CONNECTIONS,
  type Capacity,
  type KeptConnections,
} from "./capacity.ts";
import { CLOCK_TOLERANCE_MS, IDLE_LIFE_MS, LATE_LOGS_MS } from "./judgement-defaults.ts";
import type { Manifest } from "./manifest.ts";
import type { HidingLevel } from "./platform-words.ts";
import type { Verdict } from "./verdict.ts";

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

/** What the evidence, not the user, says: the version is this program's, and `until` is known to who read the evidence. */
type OfEvidence = "toolVersion" | "until";
type GivenSettings = Omit<JudgementSettings, OfEvidence>;

/** What a user sets for one judgement, in place of what the run was started with. The result says it (`overrides`). */
export type Overrides = Partial<Omit<GivenSettings, "peerCapacities">> & {
  /** By the name of the peer. `capacity` is for all others. */
  readonly peerCapacities?: Readonly<Record<string, Capacity>>;
};

type InManifest<Value> = (manifest: Manifest) => Value | undefined;

/** The member of a manifest that has each setting. Null: none has it. An older manifest may lack a member; then the default holds. */
const IN_MANIFEST: { readonly [Name in keyof GivenSettings]: InManifest<GivenSettings[Name]> | null } = {
  clockToleranceMs: ({ profile }) => profile.clockToleranceMs,
  idleLifeMs: ({ profile }) => profile.idleLifeMs,
  settleMs: ({ profile }) => profile.settleMs,
  thresholds: ({ profile }) => profile.thresholds,
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
  keptConnections: ({ profile }) => profile.keptConnections,
  strangers: ({ profile }) => profile.strangers,
};

export const OVERRIDABLE = Object.keys(IN_MANIFEST) as readonly (keyof Overrides)[];

/** Returns what a judgement uses: what the user sets for it, else what the run was started with, else the default. */
export function judgementSettings(
  manifest: Manifest | null,
  { peerCapacities, ...given }: Overrides,
): Omit<JudgementSettings, OfEvidence> {
  const ofRun = Object.entries(IN_MANIFEST).map(([name, read]) => [
    name,
    manifest === null ? undefined : read?.(manifest),
  ]);
  return {
    ...DEFAULT_JUDGEMENT_SETTINGS,
    ...(present(Object.fromEntries(ofRun)) as Partial<GivenSettings>),
    ...present(given),
    peerCapacities: { every: given.capacity ?? null, named: peerCapacities ?? {} },
  };
}

/** Leaves out members without a value, so that they replace nothing. */
export function present<Members extends object>(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}
