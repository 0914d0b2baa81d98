/** Accounting: every planned invocation is accounted for once, and the driver's journal is complete. */
import type { JudgedProblem } from "../../../record/evidence-problems.ts";
import type { CodedFinding } from "../../../result/findings/finding-parameters.ts";
import { defineCheck, type PartialFinding } from "./check.ts";

export const invocationsAccounted = defineCheck({
  name: "invocations-accounted",
  kind: "accounting",
  run: ({ history, journalHoles }) => {
    const { driver } = history;
    if (driver === null) return [{ status: "clear", code: "no-driver", parameters: {} }];
    const findings: PartialFinding[] = [];
    if (journalHoles > 0)
      findings.push({
        status: "unknown",
        code: "journal-events-missing",
        parameters: { events: journalHoles },
      });
    const contradicted = driver.invocations.filter((one) => one.contradicted);
    if (contradicted[0] !== undefined) {
      findings.push({
        status: "found",
        code: "invocations-ended-twice",
        parameters: { invocations: contradicted.length, first: contradicted[0].n },
      });
    }
    const open = driver.invocations.filter((one) => one.outcome === null && !one.skipped);
    if (open[0] !== undefined)
      findings.push({
        status: "unknown",
        code: "invocations-without-end",
        parameters: { invocations: open.length, first: open[0].n },
      });
    const holes = missingNumbers(driver.invocations.map((one) => one.n));
    if (holes > 0)
      findings.push({
        status: "unknown",
        code: "invocations-not-sent",
        parameters: { invocations: holes },
      });
    for (const problem of driver.problems) findings.push({ status: "unknown", ...findingOf(problem) });
    return findings.length === 0
      ? [{ status: "clear", code: "invocations-accounted", parameters: {} }]
      : findings;
  },
});

function findingOf(problem: JudgedProblem): CodedFinding {
  return problem.code === "told"
    ? { code: "evidence-problem", parameters: { told: problem.parameters.text } }
    : problem;
}

/** The numbers begin with 0 or 1. */
function missingNumbers(numbers: readonly number[]): number {
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return 0;
  return last - Math.min(first, 1) + 1 - numbers.length;
}
