/**
 * The findings next to the harm windows: flaws, unknown answers and accounting problems. Findings that differ only in the environment are
 * shown once, with their number. Two flaws differ and are both shown: to freeze with a connection that is being closed, and to keep a
 * connection.
 */
import type { Finding, FunctionResult } from "../../domain/run-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export interface NoteView {
  /** `unknown` is a status, and `allowed` a finding that is no flaw because kept connections are allowed. */
  readonly mark: "discipline" | "accounting" | "unknown" | "allowed";
  readonly check: string;
  readonly text: string;
  /** How many more findings are like this one. */
  readonly more: number;
}

export function notesOf(result: FunctionResult, naming: Naming): readonly NoteView[] {
  const groups = new Map<
    string,
    { readonly first: Finding; readonly mark: NoteView["mark"]; more: number }
  >();
  for (const finding of result.findings) {
    const mark = markOf(finding);
    if (mark === null) continue;
    const check = `${mark}\n${finding.check}\n${finding.peer ?? ""}`;
    const counted = countedIn(finding);
    const key = `${check}${isClosing(finding) ? "\nclosing" : ""}`;
    const group = groups.get(key) ?? (counted === null ? undefined : groups.get(`${check}\nclosing`));
    if (group === undefined) groups.set(key, { first: finding, mark, more: 0 });
    else group.more += counted ?? 1;
  }
  const notes = [...groups.values()].map(({ first, mark, more }) => ({
    mark,
    check: first.check,
    text: findingText(first, naming),
    more,
  }));
  return MARKS.flatMap((mark) => notes.filter((note) => note.mark === mark));
}

/** If there are very many findings, the judgement lists some and counts the rest in one finding. Returns that count, else null. */
export function countedIn(finding: Finding): number | null {
  return finding.code === "more-findings" ? finding.parameters.findings : null;
}

function isClosing(finding: Finding): boolean {
  return finding.code === "held-across-freeze" && finding.parameters.closing !== undefined;
}

const MARKS = ["discipline", "accounting", "unknown", "allowed"] as const;

/**
 * Null for findings that the report shows elsewhere: harm windows, the count of exposures, the verdict. Also null if kept connections are
 * allowed and it is unknown whether there were any.
 */
function markOf({ kind, status, allowed }: Finding): NoteView["mark"] | null {
  if (allowed === true) return status === "found" ? "allowed" : null;
  if (status === "unknown") return "unknown";
  if (status === "clear" || kind === "harm" || kind === "exposure") return null;
  return kind;
}
