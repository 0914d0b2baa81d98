/**
 * The only way from evidence to a result: settings, analysis, sentences. What a run was started with decides how it is judged; overrides
 * stand in the result.
 */
import { toolVersion } from "../adapters/node/tool-version.ts";
import { openRun } from "../adapters/run-directory/scan-run.ts";
import { analyze } from "../analysis/analyze.ts";
import { wrongInput } from "../base/errors.ts";
import type { EpochMs } from "../base/time.ts";
import type { GatheredEvidence } from "../evidence/gathered-evidence.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import type { Evidence } from "../record/evidence.ts";
import { IN_PROFILE, type JudgedProfile } from "../record/judged-profile.ts";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  type GivenSettings,
  type Overrides,
} from "../record/judgement-settings.ts";
import type { Manifest } from "../record/manifest.ts";
import { memberProblems } from "../record/schema/member-problems.ts";
import { describeJudgement } from "../report/wording/describe-judgement.ts";
import { OVERRIDES, type RunResult } from "../result/run-result.ts";
import { didYouMean } from "../settings/closest-name.ts";
import { capacityOfRun } from "../words/capacity.ts";

export interface ReadEvidence {
  readonly evidence: GatheredEvidence;
  /** The end of the evidence, if it is later than the last event. */
  readonly until?: EpochMs | null;
  /** What was noticed while the evidence was read, in sentences. */
  readonly notices?: readonly string[];
  /** The command that reads the evidence again, if it is no run directory. */
  readonly command?: string;
}

/** `run` is the folder of a run, its evidence in memory, or evidence that was read from elsewhere. */
export function judgeRun(run: string | Evidence | ReadEvidence, overrides: Overrides = {}): RunResult {
  if (typeof run !== "string") {
    const read = "evidence" in run ? run : { evidence: heldEvidence(run) };
    return judgeEvidence(read, overrides);
  }
  const opened = openRun(run);
  try {
    return judgeEvidence(opened, overrides);
  } finally {
    opened.close();
  }
}

function judgeEvidence(
  { evidence, until = null, notices = [], command }: ReadEvidence,
  overrides: Overrides,
): RunResult {
  const wrong = Object.keys(overrides).find((name) => !OVERRIDABLE.some((known) => known === name));
  if (wrong !== undefined)
    throw wrongInput(
      `A judgement has no setting ${wrong}: expected one of ${OVERRIDABLE.join(", ")}${didYouMean(wrong, OVERRIDABLE)}`,
    );
  const problems = memberProblems(OVERRIDES, overrides);
  if (problems.length > 0) throw wrongInput(`The settings of a judgement: ${problems.join("; ")}.`);
  const settings = { ...judgementSettings(evidence.manifest, overrides), until, toolVersion: toolVersion() };
  const { notices: own = [], ...result } = describeJudgement(analyze(evidence, settings));
  const said = [...own, ...notices];
  const given = present(overrides);
  return {
    ...result,
    ...(command === undefined ? {} : { command }),
    ...(Object.keys(given).length === 0 ? {} : { overrides: given }),
    ...(said.length === 0 ? {} : { notices: said }),
  };
}

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
function present<Members extends object>(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}
