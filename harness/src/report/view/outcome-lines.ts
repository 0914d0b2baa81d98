/** The last lines of a report: the verdict, why it is so, and what to do next. They are about the function with the worst verdict. */
import type { FunctionResult } from "../../result/function-result.ts";
import type { Reason } from "../../result/result-words.ts";
import type { RunResult } from "../../result/run-result.ts";
import { exposuresAreUncountable } from "../../result/findings/exposures-uncountable.ts";
import type { Verdict } from "../../words/verdict.ts";
import { readAgain } from "./suspects.ts";
import type { FunctionView, RunView } from "./view-model.ts";

export interface OutcomeLine {
  readonly label: "Verdict" | "Why" | "Next";
  readonly text: string;
}

const WORST_FIRST: readonly Verdict[] = ["fail", "inconclusive", "pass"];

const CHANGE = "change the handler as docs/fix.md shows, then";
const PROVOKE =
  "make the hazard happen: longrun soak --provoke versions makes a second environment (docs/provoke.md).";

export function outcomeLines(result: RunResult, { headline, functions }: RunView): readonly OutcomeLine[] {
  // A function that met its expectation is not what the reader has to act on, if another one did not.
  const decisive = WORST_FIRST.flatMap((verdict) =>
    result.functions.filter((one) => one.verdict === verdict),
  );
  const first = decisive.find(({ expectationMet }) => expectationMet === false) ?? decisive[0];
  const view = functions.find(({ name }) => name === first?.name);
  if (first === undefined || view === undefined)
    return [
      { label: "Verdict", text: headline },
      { label: "Next", text: "docs/analyze.md says which logs can be read." },
    ];
  const of = functions.length === 1 ? "" : `${view.name}: `;
  return [
    { label: "Verdict", text: headline },
    { label: "Why", text: `${of}${whyOf(first, view)}` },
    { label: "Next", text: `${of}${nextOf(result, first, view)}` },
  ];
}

function whyOf({ reasons, harm, invocations }: FunctionResult, view: FunctionView): string {
  if (reasons[0] === "harm" && harm.total > 0) {
    const all = invocations.succeeded + view.failed + view.unknown;
    return `${harm.total} of ${all} invocations did not reach the peer, because another environment held it.`;
  }
  return view.reasonSentences[0] ?? "";
}

function nextOf(result: RunResult, judged: FunctionResult, view: FunctionView): string {
  const suspect = view.suspects.find(({ command }) => command !== null);
  if (suspect?.command != null) return `${suspect.command} decides it, FILE being the log of the machine.`;
  if (judged.expectationMet === true && judged.verdict === "fail")
    return "the failure is shown as expected. Now your own handler: longrun soak --code FILE (docs/your-handler.md).";
  if (view.nothingSucceeded.length > 0) return "mend the error above first: no invocation succeeded.";
  const [reason] = judged.reasons;
  if (reason !== undefined) return NEXT[reason](result, judged);
  return judged.expectationMet === false
    ? "correct --expect, or find out why the hazard did no harm this time (docs/checks.md#verdict)."
    : "nothing has to be changed. docs/ci.md shows how a pipeline keeps it so.";
}

const NEXT: Readonly<Record<Reason, (result: RunResult, judged: FunctionResult) => string>> = {
  harm: fix,
  discipline: fix,
  threshold: () => "compare the thresholds above with the figures of the run (docs/checks.md#thresholds).",
  "no-exposure": (result, { findings }) => {
    if (exposuresAreUncountable(findings)) return "say how many connections the peer serves: --capacity.";
    return result.run.provoked === undefined
      ? PROVOKE
      : "run longer, or pull another lever of --provoke (docs/provoke.md).";
  },
  "unexplained-failure": () =>
    "read the error of the failed invocations in the report; docs/checks.md#named-causes lists what explains one.",
  capacity: () =>
    "give the peer more places, or let fewer environments be connected (docs/checks.md#more-than-one-place).",
  "evidence-missing": (result) =>
    result.run.target === "logs"
      ? `read the log of the machine too: ${readAgain(result)} --peer-log FILE.`
      : "the findings above that are unknown say which evidence is missing (docs/checks.md#verdict).",
  accounting: (result) =>
    result.run.target === "logs"
      ? "export the logs again for a longer time, with every stream of the function (docs/analyze.md)."
      : "wait longer for the logs: the same run with a longer --settle (docs/checks.md#accounting).",
};

function fix({ run }: RunResult): string {
  return run.target === "logs"
    ? `${CHANGE} try it before you deploy it: longrun soak --code FILE.`
    : `${CHANGE} run the same again.`;
}
