/**
 * `summary.md` for a pull request or an incident report. It is shortened for long runs, because comments on a pull request have a size
 * limit.
 */
import type { Listed } from "../base/listed.ts";
import type { EnvironmentResult } from "../result/environment-result.ts";
import type { FunctionResult } from "../result/function-result.ts";
import type { RunResult } from "../result/run-result.ts";
import { codeSpan, escapeMarkdown } from "./markdown/escape-markdown.ts";
import { environmentName } from "./view/environment-names.ts";
import { formatLength, formatOffset, instantOf } from "./view/format-time.ts";
import { inOrder } from "./view/in-order.ts";
import { listWindows } from "./view/list-windows.ts";
import { verdictColumns, type VerdictColumn } from "./view/verdict-columns.ts";
import { viewModel, type FunctionView, type RunView, type WindowView } from "./view/view-model.ts";
import { count, withMore } from "./wording/fixed-words.ts";

const WINDOWS_SHOWN = 10;
const ENVIRONMENTS_SHOWN = 40;
const MARK = { pass: "✅", fail: "❌", inconclusive: "❔" } as const;

export function renderMarkdown(result: RunResult): string {
  const view = viewModel(result);
  const blocks = [
    `## lambda-longrun: ${escapeMarkdown(view.headline)}`,
    ...(view.functions.length === 0 ? [] : [verdictTable(view)]),
    ...view.functions.flatMap((each, index) => functionBlocks(each, result.functions[index], view)),
    ...view.unreadable.map(escapeMarkdown),
    details(view),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function verdictTable(view: RunView): string {
  const columns = verdictColumns(view);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ number }) => (number === true ? "--:" : "---"))),
    ...view.functions.map((each) => line(columns.map((column) => verdictCell(column, each)))),
  ].join("\n");
}

function verdictCell({ title, number, cell }: VerdictColumn, view: FunctionView): string {
  const { text, tone } = cell(view);
  if (text === null) return "–";
  if (title === "function") return codeSpan(text);
  if (title === "verdict") return `${MARK[view.verdict]} **${text}**`;
  return tone === "bad" && number !== true ? `**${text}**` : text;
}

function functionBlocks(
  view: FunctionView,
  result: FunctionResult | undefined,
  run: RunView,
): readonly string[] {
  const facts = [
    ...view.because,
    ...(view.failures === "" ? [] : [`Failed: ${view.failures}.`]),
    ...(view.unknowns === "" ? [] : [`Outcome unknown: ${view.unknowns}.`]),
    ...view.nothingSucceeded,
    ...(view.delayed === 0
      ? []
      : [
          `${count(view.delayed, "invocation was", "invocations were")} first refused and then served (a delay, not harm).`,
        ]),
    ...view.furtherFacts,
    ...view.thresholds.map(({ text }) => `Threshold ${text}`),
  ];
  const { listed, hidden } = listWindows(view.windows, WINDOWS_SHOWN);
  return [
    `### ${codeSpan(view.name)}: ${view.verdict}`,
    ...view.suspects.map(
      ({ text, command }) => `**${escapeMarkdown(text)}**${command === null ? "" : ` ${codeSpan(command)}`}`,
    ),
    facts.map(escapeMarkdown).join(" "),
    listed.map(windowItem).join("\n"),
    ...(hidden > 0
      ? [`… and ${count(hidden, "more harm window")}: the page has all of them (\`--format html\`).`]
      : []),
    ...(view.notes.length === 0
      ? []
      : [
          "Also seen:",
          view.notes
            .map(({ mark, text, more }) => `- ${mark}: ${escapeMarkdown(withMore(text, more))}`)
            .join("\n"),
        ]),
    escapeMarkdown(view.statistics),
    ...(result === undefined || result.environments.length === 0
      ? []
      : [environmentTable(result.environments, view, run.start)]),
  ];
}

function windowItem(window: WindowView): string {
  const streams = [
    ...(window.holder === null ? [] : [`held by ${codeSpan(window.holder.id)}`]),
    ...window.failed.slice(0, 3).map(({ id }) => `failed: ${codeSpan(id)}`),
    ...(window.failed.length > 3 ? [`and ${window.failed.length - 3} more`] : []),
  ];
  const title = `- **${window.title}**, ${escapeMarkdown(window.when)} (${window.length}, ${window.invocations}): ${escapeMarkdown(window.text)}`;
  return [title, ...streams.map((stream) => `  - ${stream}`)].join("\n");
}

function environmentTable(
  environments: Listed<EnvironmentResult>,
  view: FunctionView,
  start: number | null,
): string {
  const shown = inOrder(environments).slice(0, ENVIRONMENTS_SHOWN);
  const offset = (text: string | null): string => {
    const instant = instantOf(text);
    return instant === null || start === null ? "–" : formatOffset(instant - start, 1);
  };
  const rows = shown.map((each) => {
    const { short } = environmentName(view.names, each.id);
    const init = each.initDurationMs === null ? "–" : formatLength(each.initDurationMs);
    const waited = each.initWaitedFor === null ? "–" : each.initWaitedFor ? "yes" : "no";
    const gap = each.initGapMs === null ? "–" : formatLength(each.initGapMs);
    const silent = each.initWithoutInvoke === true ? "**INIT WITHOUT INVOKE**" : String(each.invocations);
    return `| ${escapeMarkdown(short)} | ${codeSpan(each.logStream)} | ${offset(each.initStart)} | ${init} | ${waited} | ${gap} | ${silent} | ${offset(each.end)} | ${each.ending ?? "–"} |`;
  });
  const hidden = environments.length - shown.length;
  return [
    `<details><summary>${count(environments.length, "execution environment")}</summary>\n`,
    "| | log stream | Init | took | a caller waited | then idle for | invocations | end | ending |",
    "| --- | --- | --: | --: | --- | --: | --: | --: | --- |",
    ...rows,
    ...(hidden > 0 ? ["", `… and ${hidden} more on the page (\`--format html\`).`] : []),
    "\n</details>",
  ].join("\n");
}

function details(view: RunView): string {
  const facts = view.details
    .map(({ label, value }) => `${label}: ${label === "Run" ? codeSpan(value) : escapeMarkdown(value)}`)
    .join(" · ");
  return view.samePlan === null
    ? facts
    : `${facts}\n\nThe same plan again: ${codeSpan(`longrun soak ${view.samePlan}`)} with the functions of this run.`;
}
