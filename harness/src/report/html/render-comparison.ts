/** Two runs on one page. Time 0 is when each run began to send invocations. */
import { comparisonView, type ComparedRuns } from "../view/comparison-view.ts";
import { comparisonMasthead } from "./comparison-masthead.ts";
import { comparisonSection } from "./comparison-section.ts";
import type { Markup } from "./escape-html.ts";
import { pageFrame, type PageAssets } from "./page-frame.ts";

export function renderComparisonHtml(runs: ComparedRuns, assets: PageAssets): string {
  const view = comparisonView(runs);
  const sections = view.pairs.map((pair, index): Markup => comparisonSection(pair, index));
  const results = [runs.before, runs.after];
  return pageFrame({ title: view.headline, masthead: comparisonMasthead(view), sections, results }, assets);
}
