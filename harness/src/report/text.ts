/** The report for a terminal. The caller prints the path of the run. */
import type { RunResult } from "../result/run-result.ts";
import { painter, type Paint } from "./text/paint.ts";
import { printable } from "./text/printable.ts";
import { verdictTable } from "./text/verdict-table.ts";
import { wrap } from "./text/wrap.ts";
import { count, withMore } from "./wording/fixed-words.ts";
import { VERDICT_TONE } from "./view/tone.ts";
import { listWindows } from "./view/list-windows.ts";
import type { SuspectView } from "./view/suspects.ts";
import { outcomeLines, type OutcomeLine } from "./view/outcome-lines.ts";
import { viewModel, type FunctionView, type RunView, type WindowView } from "./view/view-model.ts";

export interface TextOptions {
  /** The width of the terminal. Lines have at most 100 columns, because longer lines are hard to read. */
  readonly columns: number;
  readonly colour: boolean;
}

export interface TextPage {
  readonly columns: number;
  readonly paint: Paint;
}

const WIDEST = 100;
const NARROWEST = 40;
/** A run that lasts days may have hundreds of harm windows. */
const WINDOWS_SHOWN = 6;
/** A space at which no line may be broken. */
const TIED = "\u00a0";

export function renderText(result: RunResult, { columns, colour }: TextOptions): string {
  const page: TextPage = { columns: Math.max(NARROWEST, Math.min(WIDEST, columns)), paint: painter(colour) };
  const view = viewModel(result);
  const blocks = [
    headline(view, page),
    ...view.functions.map((each) => functionBlock(each, page)),
    closingLines(view, page),
    // The table and the next step come last, because a terminal shows the end of a long report.
    view.functions.length === 0 ? [] : verdictTable(view, { ...page, indent: " " }),
    outcomeLines(result, view).flatMap((line) => outcomeBlock(line, page)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function headline(
  { headline: text, good, verdict }: RunView,
  { columns, paint }: TextPage,
): readonly string[] {
  const tone = good ? "good" : VERDICT_TONE[verdict];
  return wrap(printable(text), { columns }).map((line) => paint(tone, line));
}

function functionBlock(view: FunctionView, page: TextPage): readonly string[] {
  const { columns, paint } = page;
  const title = `${paint("strong", printable(view.name))}  ${paint(VERDICT_TONE[view.verdict], view.verdictWord)}`;
  const facts = [
    view.failures === "" ? "" : `Failed: ${view.failures}.`,
    view.unknowns === "" ? "" : `Outcome unknown: ${view.unknowns}.`,
    ...view.nothingSucceeded,
    view.delayed === 0
      ? ""
      : `${count(view.delayed, "invocation was", "invocations were")} first refused and then served (a delay, not harm).`,
    view.skipped === 0
      ? ""
      : `${count(view.skipped, "planned invocation was", "planned invocations were")} skipped because the previous one was still in flight.`,
  ].filter((fact) => fact !== "");
  const { listed, hidden } = listWindows(view.windows, WINDOWS_SHOWN);
  return [
    title,
    ...view.suspects.flatMap((suspect) => suspectLines(suspect, page)),
    ...view.because.flatMap((text) => wrap(printable(text), { columns, indent: "  " })),
    ...facts.flatMap((text) => wrap(printable(text), { columns, indent: "  " })),
    ...view.thresholds.flatMap(({ text }) => wrap(`Threshold ${printable(text)}`, { columns, indent: "  " })),
    ...listed.flatMap((window) => ["", ...windowBlock(window, page)]),
    ...(hidden > 0
      ? [
          "",
          ...wrap(
            `… and ${count(hidden, "more harm window", "more harm windows")}: the page has all of them (--format html).`,
            { columns, indent: "  " },
          ),
        ]
      : []),
    ...noteLines(view, page),
    "",
    ...[...view.furtherFacts, view.statistics].flatMap((text) =>
      wrap(printable(text), { columns, indent: "  " }),
    ),
  ];
}

/** The command has a line of its own however long it is, so that it can be copied. */
function suspectLines({ text, command }: SuspectView, { columns, paint }: TextPage): readonly string[] {
  const lines = wrap(printable(text), { columns, indent: "  " }).map((line) => paint("strong", line));
  return command === null ? lines : [...lines, `    ${printable(command)}`];
}

function windowBlock(window: WindowView, { columns, paint }: TextPage): readonly string[] {
  const title = `${paint("bad", window.title)}  ${paint("strong", window.when)}  ${window.length}, ${window.invocations}`;
  const streams = [
    ...(window.holder === null ? [] : [{ role: "held by", name: window.holder }]),
    ...window.failed.slice(0, 3).map((name, index) => ({ role: index === 0 ? "failed " : "       ", name })),
  ];
  const more =
    window.failed.length > 3 ? [`    ${paint("quiet", `        and ${window.failed.length - 3} more`)}`] : [];
  return [
    `  ${title}`,
    ...wrap(printable(window.text), { columns, indent: "    " }),
    ...streams.flatMap(({ role, name }) => {
      const short = printable(name.short).padEnd(4);
      return wrap(printable(name.id), {
        columns,
        indent: " ".repeat(17),
        first: `    ${role}  ${short}`,
      }).map((line) => paint("quiet", line));
    }),
    ...more,
  ];
}

function noteLines({ notes }: FunctionView, { columns, paint }: TextPage): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.flatMap(({ mark, text, more }) => {
    const indent = " ".repeat(15);
    const [first = "", ...others] = wrap(printable(withMore(text, more)), { columns, indent });
    return [`  ${paint("doubt", mark.padEnd(11))}  ${first.trimStart()}`, ...others];
  });
  return ["", ...lines];
}

function closingLines(view: RunView, { columns, paint }: TextPage): readonly string[] {
  const facts = view.details
    .filter(({ label }) => label !== "Run" && label !== "Made by" && label !== "Notice")
    .map(({ label, value }) => `${label.toLowerCase()} ${printable(value)}`.replaceAll(" ", TIED));
  return [
    ...view.unreadable.flatMap((text) => wrap(printable(text), { columns })),
    ...wrap(capitalised(facts.join(" · ")), { columns }).map((line) =>
      paint("quiet", line.replaceAll(TIED, " ")),
    ),
    ...view.details
      .filter(({ label }) => label === "Notice")
      .flatMap(({ value }) => wrap(printable(value), { columns })),
    ...(view.samePlan === null
      ? []
      : wrap(`The same plan again: ${view.samePlan}`, { columns, indent: "  ", first: "" }).map((line) =>
          paint("quiet", line),
        )),
  ];
}

function outcomeBlock({ label, text }: OutcomeLine, { columns, paint }: TextPage): readonly string[] {
  const [first = "", ...more] = wrap(printable(text), { columns, indent: " ".repeat(9) });
  return [`${paint("strong", label.padEnd(9))}${first.trimStart()}`, ...more];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
