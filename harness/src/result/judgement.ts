/** The judgement before it has sentences: findings are codes with parameters. report/wording makes the published result from it. */
import type { Coded } from "../record/coded.ts";
import type { CodedFinding } from "./findings/finding-parameters.ts";
import type { HarmFindings } from "./findings/harm-findings.ts";
import type { JudgedNotice } from "../record/notices.ts";
import type { FindingFacts, HarmWindowFacts } from "./finding-result.ts";
import type { FunctionResult } from "./function-result.ts";
import type { RunResult } from "./run-result.ts";

export type JudgedFinding = FindingFacts & CodedFinding;

export type JudgedWindow = HarmWindowFacts & Coded<Pick<HarmFindings, "peer-held" | "places-held">>;

export interface JudgedFunction extends Omit<FunctionResult, "harm" | "statistics" | "findings"> {
  readonly harm: Omit<FunctionResult["harm"], "windows"> & { readonly windows: readonly JudgedWindow[] };
  readonly statistics: Required<Omit<FunctionResult["statistics"], "text">>;
  readonly findings: readonly JudgedFinding[];
}

export interface Judgement extends Omit<RunResult, "schemaVersion" | "overrides" | "functions" | "notices"> {
  readonly functions: readonly JudgedFunction[];
  readonly notices?: readonly JudgedNotice[];
}
