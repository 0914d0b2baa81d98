/** Findings for a terminal, problems first. Findings that differ only in their subject are shown as one. */
import type { DoctorFinding } from "../../doctor/doctor-finding.ts";
import { wrapWords } from "../../report/text/wrap-words.ts";

export const COLUMNS = 80;
const INDENT = 11;
/** The order of the findings, and the words of the last line for each kind. */
const KINDS = [
  { status: "problem", one: "problem", several: "problems", always: true },
  { status: "unknown", one: "not checked", several: "not checked", always: false },
  { status: "notice", one: "notice", several: "notices", always: false },
  { status: "clear", one: "clear", several: "clear", always: false },
] as const;

/** One finding for several subjects, such as functions or files. */
interface DoctorRow extends Omit<DoctorFinding, "check" | "subject"> {
  readonly subjects: readonly string[];
}

export function doctorText(findings: readonly DoctorFinding[]): string {
  const rows = KINDS.map((kind) => ({
    kind,
    rows: rowsOf(findings.filter(({ status }) => status === kind.status)),
  }));
  const counts = rows.flatMap(({ kind, rows: { length } }) =>
    length > 0 || kind.always
      ? [`${length === 0 ? "No" : length} ${length === 1 ? kind.one : kind.several}`]
      : [],
  );
  return [...rows.flatMap(({ rows: these }) => these.flatMap(lines)), "", `${counts.join(", ")}.`, ""].join(
    "\n",
  );
}

function rowsOf(findings: readonly DoctorFinding[]): readonly DoctorRow[] {
  const rows = new Map<string, DoctorRow>();
  for (const { check, subject, ...said } of findings) {
    const key = [check, subject === null, said.text, said.advice].join("\n");
    const subjects = subject === null ? [] : [subject];
    rows.set(key, { ...said, subjects: [...(rows.get(key)?.subjects ?? []), ...subjects] });
  }
  return [...rows.values()];
}

function lines({ status, subjects, text, advice }: DoctorRow): readonly string[] {
  const said = wrapWords(
    `${subjects.length === 0 ? "" : `${subjects.join(", ")}: `}${text}`,
    COLUMNS - INDENT,
  );
  const todo = advice === null ? [] : wrapWords(`→ ${advice}`, COLUMNS - INDENT);
  return [...said, ...todo].map(
    (line, index) => `${index === 0 ? ` ${status.padEnd(INDENT - 2)} ` : " ".repeat(INDENT)}${line}`,
  );
}
