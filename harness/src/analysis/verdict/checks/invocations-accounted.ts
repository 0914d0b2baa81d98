/** Accounting: every planned invocation is accounted for once, and the driver's journal is complete. */
import type { JudgedProblem } from "../../../record/evidence-problems.ts";
import type { CodedFinding } from "../../../result/findings/finding-parameters.ts";
import { defineCheck, orClear, sayClear, sayFound, sayUnknown, type PartialFinding } from "./check.ts";

export const invocationsAccounted = defineCheck({
  name: "invocations-accounted",
  kind: "accounting",
  run: ({ history, journalHoles }) => {
    const { driver } = history;
    if (driver === null) return [sayClear("no-driver")];
    const findings: PartialFinding[] = [];
    if (journalHoles > 0) findings.push(sayUnknown("journal-events-missing", { events: journalHoles }));
    const numbersOf = (of: typeof driver.invocations): { invocations: number; first: number } | null =>
      of[0] === undefined ? null : { invocations: of.length, first: of[0].n };
    const contradicted = numbersOf(driver.invocations.filter((one) => one.contradicted));
    if (contradicted !== null) findings.push(sayFound("invocations-ended-twice", contradicted));
    const open = numbersOf(driver.invocations.filter((one) => one.outcome === null && !one.skipped));
    if (open !== null) findings.push(sayUnknown("invocations-without-end", open));
    const holes = missingNumbers(driver.invocations.map((one) => one.n));
    if (holes > 0) findings.push(sayUnknown("invocations-not-sent", { invocations: holes }));
    for (const problem of driver.problems) findings.push({ status: "unknown", ...findingOf(problem) });
    return orClear(findings, "invocations-accounted");
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
