/** The judgement for whoever has the evidence: a run directory read by hand, or logs from elsewhere. */
import { analyze as analyzeGathered } from "../analysis/analyze.ts";
import { DEFAULT_JUDGEMENT_SETTINGS, type JudgementSettings } from "../analysis/judgement-settings.ts";
import { toolVersion } from "../adapters/node/tool-version.ts";
import { heldEvidence } from "../evidence/held-evidence.ts";
import type { Evidence } from "../domain/evidence.ts";
import type { RunResult } from "../domain/run-result.ts";
import { describeJudgement } from "../report/wording/describe-judgement.ts";

/** What may be set otherwise; lengths in milliseconds. The defaults are those of `longrun analyze`. */
export type AnalyzeSettings = Partial<Omit<JudgementSettings, "toolVersion">>;

/** Pure: the same evidence and settings give the same result, and nothing is read or written. */
export function analyze(evidence: Evidence, settings: AnalyzeSettings = {}): RunResult {
  return describeJudgement(
    analyzeGathered(heldEvidence(evidence), {
      ...DEFAULT_JUDGEMENT_SETTINGS,
      ...settings,
      toolVersion: toolVersion(),
    }),
  );
}
