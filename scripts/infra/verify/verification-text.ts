/** The report for the terminal. What matters most is at the end, where the user sees it first. */
import type { ProbeOutcome } from "./probe.ts";
import { ROWS } from "./rows.ts";
import { countsOf, type VerificationReport } from "./verification-report.ts";

const ORDER = ["not reached", "confirmed", "differs"] as const satisfies readonly ProbeOutcome[];
const OUTCOME_WIDTH = Math.max(...ORDER.map(({ length }) => length)) + 2;
const ID_WIDTH = Math.max(...ROWS.map(({ id }) => id.length)) + 2;

export function verificationText(report: VerificationReport, columns: number): string {
  const lines = ORDER.flatMap((outcome) =>
    report.rows
      .filter((row) => row.outcome === outcome)
      .flatMap(({ id, seen }) =>
        hanging(`${outcome.padEnd(OUTCOME_WIDTH)}${id.padEnd(ID_WIDTH)}`, seen, columns),
      ),
  );
  return [...lines, "", `${countsOf(report)}.`].join("\n");
}

/** The first line begins with `head`, and the other lines are indented by the length of `head`. A word is never broken. */
function hanging(head: string, text: string, columns: number): readonly string[] {
  const lines = [head];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    const fits = line.length + word.length + 1 <= columns || line.trim() === "" || line === head;
    if (!fits) lines.push(" ".repeat(head.length) + word);
    else lines[lines.length - 1] = line === head ? line + word : `${line} ${word}`;
  }
  return lines;
}
