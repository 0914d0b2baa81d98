/**
 * The findings that are shown besides the harm windows: flaws, unknown answers and accounting problems. Findings with the same mark, of the
 * same check and about the same peer, are one note: the text of the first, and the number of the others. Two checks say two different
 * things, and can have a note for each: an environment was frozen while it was closing a connection, or while it kept a connection open;
 * who is suspected of harm (beside harm that was found; else suspects.ts), and of how many invocations harm is unknown.
 */
import type { Finding } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export interface NoteView {
  /**
   * `discipline` and `accounting` are kinds of findings. `unknown` is a status. `allowed` means that the finding is no flaw, because kept
   * connections are allowed.
   */
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
    const key = `${check}${apart(finding)}`;
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

function apart(finding: Finding): string {
  if (finding.code === "held-across-freeze" && finding.parameters.closing !== undefined) return "\nclosing";
  return finding.code === "harm-suspected" ? "\nsuspected" : "";
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
