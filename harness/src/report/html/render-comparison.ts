/**
 * Two runs on one page: what changed, the figures with their intervals, and for each function the two pictures one under the other
 * on one time axis, whose zero is where each run began to drive.
 */
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
