/** Findings as lines for a terminal: what needs somebody first, each with what to do. */
import type { DoctorFinding } from "../../doctor/doctor-finding.ts";

const COLUMNS = 80;
const INDENT = 11;
const ORDER = ["problem", "unknown", "notice", "clear"] as const;

export function doctorText(findings: readonly DoctorFinding[]): string {
  const sorted = ORDER.flatMap((status) => findings.filter((finding) => finding.status === status));
  const count = (status: DoctorFinding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  const summary = `${count("problem")} problems, ${count("unknown")} not looked at, ${count("notice")} notices, ${count("clear")} clear`;
  return [...sorted.flatMap(lines), "", summary, ""].join("\n");
}

function lines({ status, subject, text, advice }: DoctorFinding): readonly string[] {
  const said = wrap(`${subject === null ? "" : `${subject}: `}${text}`);
  const todo = advice === null ? [] : wrap(`→ ${advice}`);
  return [...said, ...todo].map(
    (line, index) => `${index === 0 ? ` ${status.padEnd(INDENT - 2)} ` : " ".repeat(INDENT)}${line}`,
  );
}

/** A word longer than the line (a command, a path) stays whole, so that it can be copied. */
function wrap(text: string): readonly string[] {
  const wrapped: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && INDENT + line.length + 1 + word.length > COLUMNS) {
      wrapped.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...wrapped, line];
}
