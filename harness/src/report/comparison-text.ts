import { painter } from "./text/paint.ts";
import { printable } from "./text/printable.ts";
import { table, tableWidth, type Cell, type Column } from "./text/table.ts";
import { wrap } from "./text/wrap.ts";
import type { TextOptions, TextPage } from "./text.ts";
import {
  comparisonView,
  type ComparedRuns,
  type ComparisonRow,
  type PairView,
  type SideView,
} from "./view/comparison-view.ts";
import { VERDICT_TONE, type Tone } from "./view/tone.ts";
import type { RunView } from "./view/view-model.ts";
import { count } from "./wording/fixed-words.ts";

export function renderComparisonText(runs: ComparedRuns, { columns, colour }: TextOptions): string {
  const page: TextPage = { columns: Math.max(40, Math.min(100, columns)), paint: painter(colour) };
  const view = comparisonView(runs);
  const blocks = [
    wrap(printable(view.headline), page).map((line) =>
      page.paint(VERDICT_TONE[view.pairs.at(0)?.verdicts[1] ?? "inconclusive"], line),
    ),
    [runLine("Before", view.before, page), runLine("After ", view.after, page)].flat(),
    ...view.pairs.map((pair) => pairBlock(pair, page)),
    view.caveats
      .flatMap((text) => wrap(printable(text), { ...page, indent: "  ", first: "" }))
      .map((line) => page.paint("doubt", line)),
    view.notes.flatMap((text) => wrap(text, page)).map((line) => page.paint("quiet", line)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function runLine(word: string, { details }: RunView, { columns, paint }: TextPage): readonly string[] {
  const facts = details
    .filter(({ label }) => label !== "Made by")
    .map(({ label, value }) => (label === "Run" ? value : `${label.toLowerCase()} ${value}`));
  return wrap(printable(facts.join(" · ")), { columns, indent: "        ", first: `${word}  ` }).map((line) =>
    paint("quiet", line),
  );
}

function pairBlock(pair: PairView, page: TextPage): readonly string[] {
  const { columns, paint } = page;
  return [
    paint("strong", printable(pair.title)),
    ...wrap(pair.harm, { columns, indent: "  " }),
    "",
    ...figures(pair.rows, page),
    ...pair.sides.flatMap((side) => ["", ...sideLines(side, page)]),
  ];
}

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });
const HEAD = [
  left("figure"),
  right("before"),
  right("after"),
  right("difference"),
  right("95 % interval"),
  left("shows"),
];
const TONES: Readonly<Record<ComparisonRow["shows"], Tone>> = {
  better: "good",
  worse: "bad",
  "not shown": "quiet",
  "–": "quiet",
};

/** On a narrow terminal the last three columns (difference, interval, shows) are on a separate line below. */
function figures(rows: readonly ComparisonRow[], { columns, paint }: TextPage): readonly string[] {
  const cells = rows.map((row): readonly Cell[] => [
    { text: row.label },
    { text: row.before },
    { text: row.after },
    { text: row.difference },
    { text: row.interval },
    { text: row.shows, tone: TONES[row.shows] },
  ]);
  const options = { columns, indent: "  ", paint };
  if (tableWidth(HEAD, cells) + 2 <= columns) return table(HEAD, cells, options);
  const narrow = (row: readonly Cell[]): readonly Cell[] => row.slice(0, 3);
  const [head = "", ...lines] = table(HEAD.slice(0, 3), cells.map(narrow), options);
  return [
    head,
    ...lines.flatMap((line, index) => {
      const { difference, interval, shows } = rows[index] ?? { difference: "–", interval: "–", shows: "–" };
      if (difference === "–") return [line];
      return [
        line,
        ...wrap(`${difference}, ${interval}: ${shows}`, { columns, indent: "      " }).map((each) =>
          paint("quiet", each),
        ),
      ];
    }),
  ];
}

function sideLines({ when, view }: SideView, { columns, paint }: TextPage): readonly string[] {
  const title = `  ${paint("strong", when === "before" ? "Before" : "After ")}  ${paint(VERDICT_TONE[view.verdict], view.verdictWord)}`;
  const shown = view.windows.slice(0, 3);
  const more = view.windows.length - shown.length;
  return [
    title,
    ...view.because.flatMap((text) => wrap(printable(text), { columns, indent: "    " })),
    ...shown.flatMap((window) =>
      wrap(printable(`${window.title}, ${window.when} (${window.length}): ${window.text}`), {
        columns,
        indent: "    ",
      }),
    ),
    ...(more > 0 ? [`    … and ${count(more, "more harm window")}.`] : []),
    ...view.thresholds.flatMap(({ text }) =>
      wrap(`Threshold ${printable(text)}`, { columns, indent: "    " }),
    ),
  ];
}
