import { reportPage } from "../adapters/node/assets.ts";
import type { RunResult } from "../result/run-result.ts";
import type { Renderings } from "../adapters/run-directory/write-renderings.ts";
import { renderComparisonMarkdown } from "../report/comparison-markdown.ts";
import { renderComparisonText } from "../report/comparison-text.ts";
import { renderComparisonHtml } from "../report/html/render-comparison.ts";
import { renderHtml } from "../report/html/render-html.ts";
import { jsonPieces } from "../report/json-pieces.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { renderText } from "../report/text.ts";
import type { ComparedRuns } from "../report/view/comparison-view.ts";
import { setting } from "../settings/setting.ts";
import { choice } from "../settings/value-kinds.ts";
import { wantsColour, type Machine } from "./machine.ts";

const FORMATS = ["text", "html", "markdown", "junit", "json"] as const;
export type Format = (typeof FORMATS)[number];

export const FORMAT = setting("format", {
  takes: "NAME",
  help: `One of ${FORMATS.join(", ")}.`,
  default: "text",
  value: choice(FORMATS),
});

export async function render(machine: Machine, result: RunResult, format: Format): Promise<string> {
  switch (format) {
    case "text":
      return renderText(result, {
        columns: machine.stdout.columns,
        colour: wantsColour(machine, machine.stdout),
      });
    case "html":
      return renderHtml(result, await reportPage());
    case "markdown":
      return renderMarkdown(result);
    case "junit":
      return junit(result);
    case "json":
      return resultJson(result);
  }
}

/** The library that writes XML is large, so it is loaded only for JUnit. */
async function junit(result: RunResult): Promise<string> {
  const { renderJunit } = await import("../report/junit.ts");
  return renderJunit(result);
}

/** A comparison has no test cases, so there is no JUnit. */
export const COMPARISON_FORMATS = ["text", "html", "markdown", "json"] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

export async function renderComparison(
  machine: Machine,
  runs: ComparedRuns,
  format: ComparisonFormat,
): Promise<string> {
  switch (format) {
    case "text":
      return renderComparisonText(runs, {
        columns: machine.stdout.columns,
        colour: wantsColour(machine, machine.stdout),
      });
    case "html":
      return renderComparisonHtml(runs, await reportPage());
    case "markdown":
      return renderComparisonMarkdown(runs);
    case "json":
      return `${JSON.stringify(runs.comparison, null, 2)}\n`;
  }
}

/**
 * JSON is written as soon as this many characters are ready. The number is small, because the text that waits here is in V8's space
 * for new objects. V8 makes this space larger if much of it is still in use at each garbage collection.
 */
const WRITTEN_AT_ONCE = 1 << 12;

/** JSON can be very long, so it is printed piece by piece. */
export async function print(machine: Machine, result: RunResult, format: Format): Promise<void> {
  if (format !== "json") return machine.stdout.write(await render(machine, result, format));
  let held = "";
  for (const piece of jsonPieces(result)) {
    held += piece;
    if (held.length < WRITTEN_AT_ONCE) continue;
    machine.stdout.write(held);
    await machine.stdout.drained();
    held = "";
  }
  machine.stdout.write(`${held}\n`);
}

export function resultJson(result: RunResult): string {
  return `${[...jsonPieces(result)].join("")}\n`;
}

export async function renderAll(result: RunResult): Promise<Renderings> {
  return {
    html: renderHtml(result, await reportPage()),
    markdown: renderMarkdown(result),
    junit: await junit(result),
    result: resultJson(result),
  };
}
