/** Accounting: every planned invocation is accounted for once, and nothing of the driver's own record is missing. */
import { count, type Check, type PartialFinding } from "./check.ts";

export const invocationsAccounted: Check = {
  name: "invocations-accounted",
  kind: "accounting",
  run: ({ history, journalHoles }) => {
    const { driver } = history;
    if (driver === null)
      return [{ status: "clear", text: "No driver took part: there is nothing planned to account for." }];
    const findings: PartialFinding[] = [];
    if (journalHoles > 0)
      findings.push({
        status: "unknown",
        text: `${count(journalHoles, "event")} of the journal ${journalHoles === 1 ? "is" : "are"} missing.`,
      });
    const contradicted = driver.invocations.filter((one) => one.contradicted);
    if (contradicted.length > 0) {
      findings.push({
        status: "found",
        text: `${count(contradicted.length, "invocation")} ended more than once in the journal (first: number ${contradicted[0]?.n}).`,
      });
    }
    const open = driver.invocations.filter((one) => one.outcome === null && !one.skipped);
    if (open.length > 0)
      findings.push({
        status: "unknown",
        text: `What became of ${count(open.length, "invocation")} is not in the journal (first: number ${open[0]?.n}).`,
      });
    const holes = missingNumbers(driver.invocations.map((one) => one.n)) - history.condensedElsewhere.driven;
    if (holes > 0)
      findings.push({
        status: "unknown",
        text: `${count(holes, "planned invocation")} ${holes === 1 ? "is" : "are"} neither sent nor skipped in the journal.`,
      });
    for (const text of driver.problems) findings.push({ status: "unknown", text });
    return findings.length === 0
      ? [{ status: "clear", text: "Every planned invocation is accounted for once." }]
      : findings;
  },
};

/** Numbers begin at 0 or 1 and have no hole. */
function missingNumbers(numbers: readonly number[]): number {
  const first = numbers[0];
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return 0;
  return last - Math.min(first, 1) + 1 - numbers.length;
}
