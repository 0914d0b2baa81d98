/** Writes findings as lines for a terminal: problems first, each with what to do about it. */
import type { DoctorFinding } from "../../doctor/doctor-finding.ts";
import { wrapWords } from "../../report/text/wrap-words.ts";

export const COLUMNS = 80;
const INDENT = 11;
const ORDER = ["problem", "unknown", "notice", "clear"] as const;

export function doctorText(findings: readonly DoctorFinding[]): string {
  const sorted = ORDER.flatMap((status) => findings.filter((finding) => finding.status === status));
  const count = (status: DoctorFinding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  const summary = `${count("problem")} problems, ${count("unknown")} not checked, ${count("notice")} notices, ${count("clear")} clear`;
  return [...sorted.flatMap(lines), "", summary, ""].join("\n");
}

function lines({ status, subject, text, advice }: DoctorFinding): readonly string[] {
  const said = wrapWords(`${subject === null ? "" : `${subject}: `}${text}`, COLUMNS - INDENT);
  const todo = advice === null ? [] : wrapWords(`→ ${advice}`, COLUMNS - INDENT);
  return [...said, ...todo].map(
    (line, index) => `${index === 0 ? ` ${status.padEnd(INDENT - 2)} ` : " ".repeat(INDENT)}${line}`,
  );
}
