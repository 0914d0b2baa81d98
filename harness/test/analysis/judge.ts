/** Judges a story's evidence with the settings of a test, and finds its one function's result. */
import { analyze } from "../../src/analysis/analyze.ts";
import { DEFAULT_JUDGEMENT_SETTINGS, type JudgementSettings } from "../../src/analysis/judgement-settings.ts";
import type { Evidence } from "../../src/domain/evidence.ts";
import type { FunctionResult } from "../../src/domain/run-result.ts";

export function judge(evidence: Evidence, settings: Partial<JudgementSettings> = {}): FunctionResult {
  const result = analyze(evidence, { ...DEFAULT_JUDGEMENT_SETTINGS, ...settings });
  const [only] = result.functions;
  if (only === undefined) throw new Error("the story has no function");
  return only;
}

export function verdictOf(evidence: Evidence, settings: Partial<JudgementSettings> = {}): string {
  const { verdict, reasons } = judge(evidence, settings);
  return [verdict, ...reasons].join(" ");
}
