import type { Finding } from "../../result/finding-result.ts";
import type { FunctionResult } from "../../result/function-result.ts";
import type { Picture } from "../picture/marks.ts";
import { environmentsOf } from "../wording/finding-sentence.ts";
import { instantOf } from "../view/format-time.ts";
import type { FunctionView } from "../view/view-model.ts";
import { button } from "./element.ts";
import { legend } from "./legend.ts";
import { PicturePanel } from "./picture-panel.ts";
import { choose, installPointing } from "./pointing.ts";
import { installPrint } from "./save-picture.ts";
import { installStepping } from "./stepping.ts";
import { environmentTable } from "./tables/environment-table.ts";
import { findingsTable } from "./tables/findings-table.ts";
import type { TimeView } from "./time-view.ts";
import { toolbar } from "./toolbar.ts";
import type { Tooltip } from "./tooltip.ts";

export interface InstallOptions {
  readonly section: HTMLElement;
  readonly result: FunctionResult;
  readonly view: FunctionView;
  readonly picture: Picture;
  readonly begin: number;
  readonly time: TimeView;
  readonly tooltip: Tooltip;
}

export function installFunction(options: InstallOptions): PicturePanel | null {
  const { section, result, view, picture, begin, time, tooltip } = options;
  const figure = section.querySelector<HTMLElement>("[data-picture]");
  const tables = section.querySelector<HTMLElement>("[data-tables]");
  if (figure === null || tables === null) return null;
  const name = [view.name, section.dataset["name"]?.toLowerCase()]
    .filter((part) => part !== undefined)
    .join(", ");
  const panel = new PicturePanel({
    figure,
    section,
    name,
    picture,
    context: { lanes: picture.lanes, view, start: begin },
    time,
  });
  figure.prepend(toolbar(panel, result));
  installPrint(figure, panel);
  figure.append(legend());
  installPointing(panel, tooltip);
  installStepping(panel, tooltip);
  installCards(section, panel);
  const open = tables.dataset["tables"] !== "closed";
  tables.append(
    environmentTable(picture.lanes, { name, open }),
    findingsTable(result.findings, {
      view,
      name,
      open,
      start: begin,
      onChoose: (finding) => {
        showFinding(panel, finding, begin);
        figure.scrollIntoView({ block: "nearest" });
      },
    }),
  );
  return panel;
}

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
  const named = new Set(environmentsOf(finding));
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
