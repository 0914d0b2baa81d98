/**
 * Renders `report.html`, which loads nothing. All sentences are in the markup, so they can be read, printed and searched without the
 * script. The script adds pictures and tables.
 */
import type { RunResult } from "../../result/run-result.ts";
import { viewModel } from "../view/view-model.ts";
import type { Markup } from "./escape-html.ts";
import { functionSection } from "./function-section.ts";
import { masthead } from "./masthead.ts";
import { pageFrame, type PageAssets } from "./page-frame.ts";

export function renderHtml(result: RunResult, assets: PageAssets): string {
  const view = viewModel(result);
  const sections = view.functions.map((each, index): Markup => functionSection(each, index));
  return pageFrame({ title: view.headline, masthead: masthead(view), sections, results: [result] }, assets);
}
