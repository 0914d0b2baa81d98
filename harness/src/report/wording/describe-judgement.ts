/** Turns a judgement into the published result: the same codes, numbers and names, with a sentence for each code. */
import type { JudgedFinding, JudgedFunction, JudgedWindow, Judgement } from "../../domain/judgement.ts";
import {
  RESULT_SCHEMA_VERSION,
  type Finding,
  type FunctionResult,
  type HarmWindow,
  type RunResult,
} from "../../domain/run-result.ts";
import { findingSentence } from "./finding-sentence.ts";
import { PLAIN_NAMING } from "./naming.ts";
import { statisticsSentence } from "./statistics-sentence.ts";

export function describeJudgement(judgement: Judgement): RunResult {
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    ...judgement,
    functions: judgement.functions.map(describeFunction),
  };
}

function describeFunction(judged: JudgedFunction): FunctionResult {
  const { harm, statistics, findings } = judged;
  return {
    ...judged,
    harm: { ...harm, windows: harm.windows.map(describeWindow) },
    statistics: { ...statistics, text: statisticsSentence(judged) },
    findings: findings.map(describeFinding),
  };
}

function describeWindow(window: JudgedWindow): HarmWindow {
  return { ...window, text: findingSentence(window, PLAIN_NAMING) };
}

/** The sentence is one of the first members, because people who read result.json look for it. */
function describeFinding(finding: JudgedFinding): Finding {
  const { check, kind, status, ...rest } = finding;
  return { check, kind, status, text: findingSentence(finding, PLAIN_NAMING), ...rest };
}
