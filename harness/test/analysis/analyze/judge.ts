/** Judges the evidence of a story (story.ts) with the settings of its run or of a test, and returns the result of its only function. */
import { analyze as analyzeGathered } from "../../../src/analysis/analyze.ts";
import {
  DEFAULT_JUDGEMENT_SETTINGS,
  type JudgementSettings,
} from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import { describeJudgement } from "../../../src/report/wording/describe-judgement.ts";
import type { Finding } from "../../../src/result/finding-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { heldEvidence } from "../../../src/evidence/held-evidence.ts";
import { recordStory } from "../../golden/record-story.ts";

export function analyze(evidence: Evidence, settings: JudgementSettings): RunResult {
  recordStory(evidence, settings);
  return describeJudgement(analyzeGathered(heldEvidence(evidence), settings));
}

export function judge(evidence: Evidence, settings: Partial<JudgementSettings> = {}): FunctionResult {
  const ofRun = evidence.manifest === null ? {} : { settleMs: evidence.manifest.profile.settleMs };
  const result = analyze(evidence, { ...DEFAULT_JUDGEMENT_SETTINGS, ...ofRun, ...settings });
  const [only] = result.functions;
  if (only === undefined) throw new Error("the story has no function");
  return only;
}

export function verdictOf(evidence: Evidence, settings: Partial<JudgementSettings> = {}): string {
  const { verdict, reasons } = judge(evidence, settings);
  return [verdict, ...reasons].join(" ");
}

/** Returns the named causes of the failed invocations, in order. */
export function causes(result: FunctionResult): (string | null)[] {
  return result.invocationList.filter((one) => one.outcome !== "succeeded").map((one) => one.cause);
}

/** Returns the findings of a check, as codes with parameters. */
export function said(
  result: FunctionResult,
  check: string,
): Pick<Finding, "status" | "code" | "parameters">[] {
  return result.findings
    .filter((finding) => finding.check === check)
    .map(({ status, code, parameters }) => ({ status, code, parameters }));
}
