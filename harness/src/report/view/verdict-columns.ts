/** The columns of the table of verdicts, in their order. Each form of the report writes the cells in its own way. */
import { VERDICT_TONE, type Tone } from "./tone.ts";
import type { FunctionView, RunView } from "./view-model.ts";

export interface VerdictCell {
  /** Null if there is nothing to say. */
  readonly text: string | null;
  readonly tone?: Tone;
}

export interface VerdictColumn {
  readonly title: string;
  /** The title on the page, if it differs. */
  readonly pageTitle?: string;
  readonly number?: boolean;
  /** Absent if every run has this column. */
  readonly shown?: (run: RunView) => boolean;
  readonly cell: (view: FunctionView) => VerdictCell;
}

const COLUMNS: readonly VerdictColumn[] = [
  { title: "function", cell: ({ name }) => ({ text: name, tone: "strong" }) },
  { title: "verdict", cell: ({ verdict }) => ({ text: verdict, tone: VERDICT_TONE[verdict] }) },
  { title: "expected", shown: expectations, cell: ({ expected }) => ({ text: expected }) },
  { title: "met", shown: expectations, cell: met },
  { ...numbers("ok", ({ succeeded }) => succeeded), pageTitle: "succeeded" },
  numbers("failed", ({ failed }) => failed, "doubt"),
  { ...numbers("unknown", ({ unknown }) => unknown, "doubt"), shown: ({ hasUnknown }) => hasUnknown },
  numbers("exposures", ({ exposures }) => exposures, "strong"),
  { ...numbers("harm", ({ harm }) => harm, "bad"), pageTitle: "harmed" },
  { title: "reasons", cell: ({ reasons }) => ({ text: reasons.join(", ") }) },
];

export function verdictColumns(run: RunView): readonly VerdictColumn[] {
  return COLUMNS.filter(({ shown }) => shown?.(run) ?? true);
}

function expectations({ hasExpectations }: RunView): boolean {
  return hasExpectations;
}

function met({ expectationMet: isMet }: FunctionView): VerdictCell {
  if (isMet === null) return { text: null };
  return isMet ? { text: "yes", tone: "good" } : { text: "no", tone: "bad" };
}

function numbers(title: string, of: (view: FunctionView) => number, tone?: Tone): VerdictColumn {
  const cell = (view: FunctionView): VerdictCell => {
    const value = of(view);
    if (tone === undefined) return { text: String(value) };
    return { text: String(value), tone: value === 0 ? "quiet" : tone };
  };
  return { title, number: true, cell };
}
