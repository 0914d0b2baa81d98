/** The comparison of two runs as a comment on a pull request. */
import { codeSpan, escapeMarkdown } from "./markdown/escape-markdown.ts";
import { comparisonView, type ComparedRuns, type PairView, type SideView } from "./view/comparison-view.ts";
import type { RunView } from "./view/view-model.ts";
import { count } from "./wording/fixed-words.ts";

const MARK = { pass: "✅", fail: "❌", inconclusive: "❔" } as const;
const WINDOWS_SHOWN = 3;

export function renderComparisonMarkdown(runs: ComparedRuns): string {
  const view = comparisonView(runs);
  const blocks = [
    `## lambda-longrun, before and after: ${escapeMarkdown(view.headline)}`,
    ...view.pairs.flatMap(pairBlocks),
    view.caveats.map((text) => `- ${escapeMarkdown(text)}`).join("\n"),
    view.notes.map(escapeMarkdown).join(" "),
    [runLine("Before", view.before), runLine("After", view.after)].join("\n"),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function pairBlocks(pair: PairView): readonly string[] {
  const [before, after] = pair.verdicts;
  const rows = pair.rows.map(
    ({ label, before: one, after: other, difference, interval, shows }) =>
      `| ${label} | ${one} | ${other} | ${difference} | ${interval} | ${shows === "better" || shows === "worse" ? `**${shows}**` : shows} |`,
  );
  return [
    `### ${codeSpan(pair.title)}: ${MARK[before]} ${before} → ${MARK[after]} ${after}`,
    escapeMarkdown(pair.harm),
    [
      "| | before | after | difference | 95 % interval | shows |",
      "| --- | --: | --: | --: | --: | --- |",
      ...rows,
    ].join("\n"),
    ...pair.sides.map(sideBlock),
  ];
}

function sideBlock({ when, view }: SideView): string {
  const more = view.windows.length - WINDOWS_SHOWN;
  return [
    `**${when === "before" ? "Before" : "After"}**: ${view.because.map(escapeMarkdown).join(" ")}`.trimEnd(),
    ...view.windows
      .slice(0, WINDOWS_SHOWN)
      .map(
        (window) =>
          `- ${window.title}, ${escapeMarkdown(window.when)} (${window.length}): ${escapeMarkdown(window.text)}`,
      ),
    ...(more > 0 ? [`- … and ${count(more, "more harm window")}.`] : []),
    ...view.thresholds.map(({ text }) => `- Threshold ${escapeMarkdown(text)}`),
  ].join("\n");
}

function runLine(word: string, { details }: RunView): string {
  const facts = details.map(
    ({ label, value }) => `${label}: ${label === "Run" ? codeSpan(value) : escapeMarkdown(value)}`,
  );
  return `- ${word}: ${facts.join(" · ")}`;
}
