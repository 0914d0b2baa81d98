/** What TOLERATE=no-exposure lets pass: invocations were served and nothing hazardous happened, so that nothing was shown. Pure. */

/** A flaw of the design that did not bite is open wherever nothing happened. Evidence that is missing is another matter. */
const OPEN = ["no-exposure", "discipline"];

/** @param {{ verdict: string, functions: { verdict: string, reasons: string[], invocations: { succeeded: number } }[] }} result */
export function onlyNothingHappened({ verdict, functions }) {
  return (
    verdict === "inconclusive" &&
    functions.every(
      (one) =>
        one.invocations.succeeded > 0 &&
        (one.verdict === "pass" ||
          (one.reasons.includes("no-exposure") && one.reasons.every((reason) => OPEN.includes(reason)))),
    )
  );
}

/** @returns {string} a line for the log, and in a GitHub workflow an annotation too */
export function toleranceText(inWorkflow) {
  const text =
    "Inconclusive, and tolerated (TOLERATE=no-exposure): invocations were served, nothing hazardous happened, so nothing was shown.";
  return inWorkflow ? `::warning title=The soak is inconclusive::${text}\n` : `${text}\n`;
}
