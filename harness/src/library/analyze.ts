/** The judgement for callers that have the evidence themselves, from a run directory or from logs. */
import { analyze as analyzeGathered } from "../analysis/analyze.ts";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  placesOfRun,
  type JudgementSettings,
} from "../analysis/judgement-settings.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { RunResult } from "../domain/run-result.ts";
import { describeJudgement } from "../report/wording/describe-judgement.ts";

/**
 * Optional settings; durations in milliseconds. The defaults are those of `longrun analyze` for logs. From the manifest of a run, only
 * `inFlight` and `capacity` are taken.
 */
export type AnalyzeSettings = Partial<Omit<JudgementSettings, "toolVersion">>;

/** Returns the result in the form of result.json. Pure: the same evidence and settings give the same result, and nothing is read or written. */
export function analyze(evidence: Evidence, settings: AnalyzeSettings = {}): RunResult {
  const ofRun = evidence.manifest === null ? {} : placesOfRun(evidence.manifest.profile);
  return describeJudgement(
    analyzeGathered(heldEvidence(evidence), {
      ...DEFAULT_JUDGEMENT_SETTINGS,
      ...ofRun,
      ...settings,
      toolVersion: toolVersion(),
    }),
  );
}
