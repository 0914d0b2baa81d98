/**
 * The findings that are shown next to the harm windows: flaws of discipline, unknown answers with their reason, and accounting problems. Findings of
 * the same check, status and peer that differ only in the environment are shown once, with their number. A connection that was being closed is a
 * different flaw from a connection that was kept, so each of the two flaws is shown.
 */
import type { Finding, FunctionResult } from "../../domain/run-result.ts";
import { findingText } from "../wording/finding-sentence.ts";
import type { Naming } from "../wording/naming.ts";

export interface NoteView {
  /** The kind of the finding, `unknown` if its status is `unknown`, or `allowed` if it is no flaw because kept connections are allowed. */
  readonly mark: "discipline" | "accounting" | "unknown" | "allowed";
  readonly check: string;
  readonly text: string;
  /** How many more findings of this check and status there are. */
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

/**
 * If a check has very many findings, the judgement lists some and counts the rest in one finding. Returns the number that this finding
 * counts, or null for an ordinary finding.
 */
export function countedIn(finding: Finding): number | null {
  return finding.code === "more-findings" ? finding.parameters.findings : null;
}

/** Whether the finding is about a connection whose handler did not wait for its own close. */
function isClosing(finding: Finding): boolean {
  return finding.code === "held-across-freeze" && finding.parameters.closing !== undefined;
}

const MARKS = ["discipline", "accounting", "unknown", "allowed"] as const;

/**
 * Returns null for findings that the report shows elsewhere: harm in the harm windows, an exposure in the count, a clear check in the verdict. Also
 * null if it is unknown whether a connection was kept, and kept connections are allowed.
 */
function markOf({ kind, status, allowed }: Finding): NoteView["mark"] | null {
  if (allowed === true) return status === "found" ? "allowed" : null;
  if (status === "unknown") return "unknown";
  if (status === "clear" || kind === "harm" || kind === "exposure") return null;
  return kind;
}
