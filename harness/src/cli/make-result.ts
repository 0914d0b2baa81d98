import { openRun } from "../adapters/run-directory/open-run.ts";
import { analyze } from "../analysis/analyze.ts";
import { judgementNeeds } from "../analysis/judgement-needs.ts";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  placesOfRun,
  type JudgementSettings,
} from "../analysis/judgement-settings.ts";
import type { Capacity } from "../domain/capacity.ts";
import type { Manifest } from "../domain/manifest.ts";
import type { EvidenceNeeds } from "../evidence/evidence-need.ts";
import { ALL_CHECKS } from "../analysis/verdict/checks/all-checks.ts";
import type { GatheredEvidence } from "../evidence/gathered-evidence.ts";
import type { RunResult } from "../domain/run-result.ts";
import type { Verdict } from "../domain/verdict.ts";
import { describeJudgement } from "../report/wording/describe-judgement.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";

export type SettingsGiven = Partial<
  Pick<
    JudgementSettings,
    | "applicationLogLevel"
    | "clockToleranceMs"
    | "idleLifeMs"
    | "settleMs"
    | "reservedConcurrency"
    | "capacity"
    | "peerCapacities"
    | "keptConnections"
    | "strangers"
    | "thresholds"
    | "until"
  >
>;

/**
 * What a judgement needs to know about quiet invocations, in which nothing unusual happened (evidence/evidence-need.ts). If `given` is
 * null, the run's own capacity counts.
 */
export function needsOf(manifest: Manifest | null, given: Capacity | null): EvidenceNeeds {
  const ofRun = manifest === null ? DEFAULT_JUDGEMENT_SETTINGS : placesOfRun(manifest.profile);
  return judgementNeeds(ALL_CHECKS, { ...(given ?? ofRun.capacity), inFlight: ofRun.inFlight });
}

export function resultOfRun(folder: string): RunResult {
  const { evidence, close } = openRun(folder, { needs: (manifest) => needsOf(manifest, null) });
  try {
    return resultOf(evidence);
  } finally {
    close();
  }
}

export function resultOf(evidence: GatheredEvidence, given: SettingsGiven = {}): RunResult {
  const { manifest } = evidence;
  const expectations: Record<string, Verdict> = {};
  for (const { name, expected } of manifest?.functions ?? [])
    if (expected !== null) expectations[name] = expected;
  const ofRun: Partial<JudgementSettings> =
    manifest === null
      ? {}
      : {
          clockToleranceMs: manifest.profile.clockToleranceMs,
          idleLifeMs: manifest.profile.idleLifeMs,
          settleMs: manifest.profile.settleMs,
          strangers: manifest.profile.strangers ?? DEFAULT_JUDGEMENT_SETTINGS.strangers,
          thresholds: manifest.profile.thresholds,
          ...placesOfRun(manifest.profile),
          keptConnections: manifest.profile.keptConnections ?? DEFAULT_JUDGEMENT_SETTINGS.keptConnections,
        };
  const judgement = analyze(evidence, {
    ...DEFAULT_JUDGEMENT_SETTINGS,
    ...ofRun,
    ...given,
    expectations,
    toolVersion: toolVersion(),
  });
  return describeJudgement(judgement);
}
