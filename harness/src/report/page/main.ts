/** The script of the page: adds pictures and tables from the embedded results. It loads nothing from outside. */
import { pictureOf, timeRange } from "../picture/picture-of.ts";
import { viewModel } from "../view/view-model.ts";
import { installDeepLinks } from "./deep-link.ts";
import { installFunction } from "./install-function.ts";
import { installPairStrip } from "./pair-strip.ts";
import { readResults } from "./read-results.ts";
import { TimeView } from "./time-view.ts";
import { Tooltip } from "./tooltip.ts";

function start(): void {
  const runs = readResults().map((result) => {
    const view = viewModel(result);
    const begin = view.start ?? 0;
    const pictures = result.functions.map((each) => pictureOf(each, begin));
    return { result, view, begin, pictures, range: timeRange(result, pictures, begin) };
  });
  // All pictures have the same time range. On a comparison, 0 is when each run began to send invocations.
  const from = runs.reduce((least, { range }) => Math.min(least, range[0]), 0);
  const to = runs.reduce((most, { range }) => Math.max(most, range[1]), 0);
  const time = new TimeView({ from, to });
  const tooltip = new Tooltip();
  const panels = [...document.querySelectorAll<HTMLElement>("[data-function]")].flatMap((section) => {
    const run = runs[Number(section.dataset["run"])];
    const index = Number(section.dataset["function"]);
    const [result, view, picture] = [
      run?.result.functions[index],
      run?.view.functions[index],
      run?.pictures[index],
    ];
    if (run === undefined || result === undefined || view === undefined || picture === undefined) return [];
    const panel = installFunction({ section, result, view, picture, begin: run.begin, time, tooltip });
    return panel === null ? [] : [panel];
  });
  installDeepLinks(panels);
  for (const figure of document.querySelectorAll<HTMLElement>("[data-pair]"))
    installPairStrip(
      figure,
      panels.filter(({ section }) => figure.closest(".function")?.contains(section) === true),
    );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    panels.forEach((panel) => panel.redraw()),
  );
}

start();
