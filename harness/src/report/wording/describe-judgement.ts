/** Turns a judgement into the published result, with a sentence for each code. */
import type { JudgedFinding, JudgedFunction, JudgedWindow, Judgement } from "../../result/judgement.ts";
import type { Finding, HarmWindow } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { RunResult } from "../../result/run-result.ts";
import { RESULT_SCHEMA_VERSION } from "../../result/result-words.ts";
import { findingSentence } from "./finding-sentence.ts";
import { plainNaming, type Naming } from "./naming.ts";
import { noticeSentence } from "./notice-sentence.ts";
import { statisticsSentence } from "./statistics-sentence.ts";

export function describeJudgement({ notices, ...judgement }: Judgement): RunResult {
  const { target } = judgement.run;
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    ...judgement,
    functions: judgement.functions.map((one) => describeFunction(one, plainNaming(target, one.environments))),
    ...(notices === undefined
      ? {}
      : { notices: notices.map((one) => noticeSentence(one, plainNaming(target))) }),
  };
}

function describeFunction(judged: JudgedFunction, naming: Naming): FunctionResult {
  const { harm, statistics, findings } = judged;
  return {
    ...judged,
    harm: { ...harm, windows: harm.windows.map((one) => describeWindow(one, naming)) },
    statistics: { ...statistics, text: statisticsSentence(judged) },
    findings: findings.map((one) => describeFinding(one, naming)),
  };
}

function describeWindow(window: JudgedWindow, naming: Naming): HarmWindow {
  return { ...window, text: findingSentence(window, naming) };
}

/** The sentence is among the first members, because people who read result.json look for it. */
function describeFinding(finding: JudgedFinding, naming: Naming): Finding {
  const { check, kind, status, ...rest } = finding;
  return { check, kind, status, text: findingSentence(finding, naming), ...rest };
}
