/**
 * The script of report.html: reads the result that is embedded in the page and adds the pictures and tables to the sentences
 * which already stand there. It runs once, in the one file, without anything from outside.
 */
import type { Finding, FunctionResult, RunResult } from "../../domain/run-result.ts";
import type { Picture } from "../picture/marks.ts";
import { pictureOf, timeRange } from "../picture/picture-of.ts";
import { namedIn } from "../view/environment-names.ts";
import { instantOf } from "../view/format-time.ts";
import { viewModel, type FunctionView } from "../view/view-model.ts";
import { button } from "./element.ts";
import { legend } from "./legend.ts";
import { PicturePanel } from "./picture-panel.ts";
import { choose, installPointing } from "./pointing.ts";
import { installPrint } from "./save-picture.ts";
import { installStepping } from "./stepping.ts";
import { environmentTable } from "./tables/environment-table.ts";
import { findingsTable } from "./tables/findings-table.ts";
import { installTheme } from "./theme.ts";
import { TimeView } from "./time-view.ts";
import { toolbar } from "./toolbar.ts";
import { Tooltip } from "./tooltip.ts";

function start(): void {
  const result = JSON.parse(document.getElementById("result")?.textContent ?? "null") as RunResult;
  const view = viewModel(result);
  const begin = view.start ?? 0;
  const pictures = result.functions.map((each) => pictureOf(each, begin));
  const [from, to] = timeRange(result, pictures, begin);
  const time = new TimeView({ from, to });
  const tooltip = new Tooltip();
  const panels = result.functions.map((each, index) => {
    const [functionView, picture] = [view.functions[index], pictures[index]];
    return functionView === undefined || picture === undefined
      ? null
      : installFunction({ index, result: each, view: functionView, picture, begin, time, tooltip });
  });
  const toggle = document.getElementById("theme");
  if (toggle instanceof HTMLButtonElement)
    installTheme(toggle, () => panels.forEach((panel) => panel?.redraw()));
}

interface FunctionOptions {
  readonly index: number;
  readonly result: FunctionResult;
  readonly view: FunctionView;
  readonly picture: Picture;
  readonly begin: number;
  readonly time: TimeView;
  readonly tooltip: Tooltip;
}

function installFunction({
  index,
  result,
  view,
  picture,
  begin,
  time,
  tooltip,
}: FunctionOptions): PicturePanel | null {
  const section = document.querySelector(`[data-function="${index}"]`);
  const figure = section?.querySelector<HTMLElement>("[data-picture]") ?? null;
  const tables = section?.querySelector("[data-tables]") ?? null;
  if (section === null || figure === null || tables === null) return null;
  const panel = new PicturePanel({
    figure,
    picture,
    context: { lanes: picture.lanes, view, start: begin },
    time,
  });
  figure.prepend(toolbar(panel));
  installPrint(figure, panel);
  figure.append(legend());
  installPointing(panel, tooltip);
  installStepping(panel, tooltip);
  installCards(section, panel);
  const toPicture = (): void => figure.scrollIntoView({ block: "nearest" });
  tables.append(
    environmentTable(picture.lanes, (lane) => {
      panel.focusOn(lane, { lanes: new Set([lane.index]), window: null });
      toPicture();
    }),
    findingsTable(result.findings, {
      view,
      start: begin,
      onChoose: (finding) => {
        showFinding(panel, finding, begin);
        toPicture();
      },
    }),
  );
  return panel;
}

/** A harm window's card goes to its place in the picture; pointing at it lets everyone else step back. */
function installCards(section: Element, panel: PicturePanel): void {
  for (const card of section.querySelectorAll<HTMLElement>("[data-window]")) {
    const mark = panel.picture.windows[Number(card.dataset["window"])];
    if (mark === undefined) continue;
    card.querySelector(".amount")?.append(
      button({
        label: "Show",
        name: `Show harm ${mark.index + 1} in the picture`,
        class: "link show",
        onClick: () => choose(panel, mark),
      }),
    );
    card.addEventListener("click", (event) => {
      const selecting = getSelection()?.toString() !== "";
      if (!selecting && event.target instanceof Element && event.target.closest("button, code") === null)
        choose(panel, mark);
    });
  }
}

function showFinding(panel: PicturePanel, finding: Finding, begin: number): void {
  const window = panel.picture.windows.find(({ index }) => {
    const text = panel.context.view.windows[index];
    return (
      finding.kind === "harm" &&
      text !== undefined &&
      text.from === instantOf(finding.from) &&
      text.to === instantOf(finding.to)
    );
  });
  if (window !== undefined) {
    choose(panel, window);
    return;
  }
  const named = new Set([
    finding.environment,
    finding.holder,
    ...namedIn(finding.text, panel.context.view.names).map(({ id }) => id),
  ]);
  const lanes = panel.picture.lanes.filter(({ environment }) => named.has(environment.id));
  const [from, to] = [instantOf(finding.from), instantOf(finding.to)];
  const [first] = lanes;
  const range =
    from !== null
      ? { from: from - begin, to: Math.max(from, to ?? from) - begin }
      : (first ?? panel.time.whole);
  panel.focusOn(range, {
    lanes: lanes.length === 0 ? null : new Set(lanes.map(({ index }) => index)),
    window: null,
  });
}

start();
