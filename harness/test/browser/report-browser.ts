/**
 * Opens pages in headless Chromium for the tests in this folder. A console message, a dialog or a network request of a page fails the test
 * that opened the page.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { launchChromium, NO_CHROMIUM } from "../../../scripts/chromium.ts";
import { describeComparison } from "../../src/report/wording/describe-comparison.ts";
import { compareRuns } from "../../src/analysis/compare/compare-runs.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { renderComparisonHtml } from "../../src/report/html/render-comparison.ts";
import { renderHtml } from "../../src/report/html/render-html.ts";
import { failingFunction, fixtureResult, passingFunction } from "../report/fixture-result.ts";
import { pageAssets } from "../report/page-assets.ts";

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly hash?: string;
  /** The element that exists when the page is ready. */
  readonly waitFor?: string;
}

export interface ReportBrowser {
  readonly open: (result: RunResult, view?: View) => Promise<Page>;
  readonly openComparison: (view?: View) => Promise<Page>;
  readonly openHtml: (html: string, view?: View) => Promise<Page>;
  readonly assets: () => Awaited<ReturnType<typeof pageAssets>>;
  /** Sets which problems do not fail this test. */
  readonly tolerate: (expected: (problem: string) => boolean) => void;
}

/** Opens a browser before the tests of a `describe` and closes it after them. */
export function reportBrowser(): ReportBrowser {
  const folder = mkdtempSync(join(tmpdir(), "longrun-report-"));
  let browser: Browser;
  let assets: Awaited<ReturnType<typeof pageAssets>>;
  let problems: string[] = [];
  let tolerated: (problem: string) => boolean = () => false;

  before(async () => {
    const launched = await launchChromium();
    if (launched === null) throw new Error(NO_CHROMIUM);
    browser = launched;
    assets = await pageAssets();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    problems = [];
    tolerated = () => false;
  });
  afterEach(() => expect(problems.filter((problem) => !tolerated(problem))).to.deep.equal([]));

  const open = (result: RunResult, view: View = {}): Promise<Page> =>
    openHtml(renderHtml(result, assets), view);

  /** Two runs to compare: one function that fails, and the same function a day later, fixed. */
  const openComparison = (view: View = {}): Promise<Page> => {
    const before = fixtureResult({ functions: [failingFunction({ name: "gateway" })] });
    const fixed = fixtureResult({
      functions: [
        passingFunction({
          name: "gateway",
          thresholds: [{ expression: "harm.total < 1", actual: 0, holds: true }],
        }),
      ],
    });
    const moved = JSON.parse(JSON.stringify(fixed).replaceAll("2026-11-25T", "2026-11-26T")) as RunResult;
    const after = { ...moved, run: { ...moved.run, id: "20261126T010203Z-1" } };
    return openHtml(
      renderComparisonHtml(
        { before, after, comparison: describeComparison(compareRuns(before, after)) },
        assets,
      ),
      view,
    );
  };

  async function openHtml(
    html: string,
    { width = 1280, height = 900, colorScheme = "light", hash = "", waitFor = "[data-lane]" }: View = {},
  ): Promise<Page> {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    // With reduced motion a movement is one step, so no test has to wait for time to pass.
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    page.on("console", (message) => problems.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== pathToFileURL(file).href)
        problems.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + hash);
    await page.waitForSelector(waitFor);
    return page;
  }
  return {
    open,
    openComparison,
    openHtml,
    assets: () => assets,
    tolerate: (expected) => {
      tolerated = expected;
    },
  };
}

/** Resolves after the page has drawn. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
export const range = (page: Page): Promise<string> => page.locator("#function-0 .range").innerText();
export const chosen = (page: Page): Promise<readonly string[]> =>
  page.locator('#function-0 [data-lane][aria-pressed="true"] b').allInnerTexts();
/** Returns how many different opaque colours a canvas shows. */
export const colours = (page: Page, canvas: string): Promise<number> =>
  page.locator(`#function-0 canvas.${canvas}`).evaluate((node) => {
    const { width, height } = node as HTMLCanvasElement;
    const data =
      (node as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ??
      new Uint8ClampedArray();
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4)
      if ((data[at + 3] ?? 0) === 255)
        seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    return seen.size;
  });
