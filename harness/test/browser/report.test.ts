/**
 * The page in headless Chromium, as a person would use it: it draws, zooms, tells, chooses and prints, in both colour
 * schemes and on a phone, without an error and without the network. Run apart from the rest (`make report-test`).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { chromium, type Browser, type Page } from "playwright-core";
import { compareRuns } from "../../src/analysis/compare-runs.ts";
import { renderComparisonHtml } from "../../src/report/html/render-comparison.ts";
import { renderHtml } from "../../src/report/html/render-html.ts";
import type { RunResult } from "../../src/domain/run-result.ts";
import { failingFunction, finding, fixtureResult, passingFunction } from "../report/fixture-result.ts";
import { largeResult } from "../report/large-result.ts";
import { pageAssets } from "../report/page-assets.ts";

const PLACES = [
  process.env["LONGRUN_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The part of axe-core that is used, as it is inside the page. */
interface AxeCore {
  run(): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: readonly string[] }[] }[] }>;
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("report.html in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "longrun-report-"));
  let browser: Browser;
  let assets: Awaited<ReturnType<typeof pageAssets>>;
  let problems: string[] = [];

  before(async () => {
    const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
    if (executablePath === undefined)
      throw new Error("No Chromium found: install it, or name it in LONGRUN_CHROMIUM.");
    [browser, assets] = await Promise.all([chromium.launch({ executablePath, args: ARGS }), pageAssets()]);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    problems = [];
  });
  afterEach(() => expect(problems).to.deep.equal([]));

  interface View {
    readonly width?: number;
    readonly height?: number;
    readonly colorScheme?: "light" | "dark";
    readonly hash?: string;
  }

  const open = (result: RunResult, view: View = {}): Promise<Page> => openHtml(renderHtml(result, assets), view);

  /** Before: one function that fails; after: the same one, fixed, a day later. */
  const openComparison = (view: View = {}): Promise<Page> => {
    const before = fixtureResult({ functions: [failingFunction({ name: "gateway" })] });
    const fixed = fixtureResult({ functions: [passingFunction({ name: "gateway", thresholds: [{ expression: "harm.total < 1", actual: 0, holds: true }] })] });
    const moved = JSON.parse(JSON.stringify(fixed).replaceAll("2026-11-25T", "2026-11-26T")) as RunResult;
    const after = { ...moved, run: { ...moved.run, id: "20261126T010203Z-1" } };
    return openHtml(renderComparisonHtml({ before, after, comparison: compareRuns(before, after) }, assets), view);
  };

  async function openHtml(
    html: string,
    { width = 1280, height = 900, colorScheme = "light", hash = "" }: View = {},
  ): Promise<Page> {
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    // Less motion: a glide is then one step, and nothing has to be waited for by the clock.
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    page.on("console", (message) => problems.push(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== pathToFileURL(file).href) problems.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + hash);
    await page.waitForSelector("[data-lane]");
    return page;
  }

  /** Runs what follows after the page has drawn. */
  const drawn = (page: Page): Promise<void> =>
    page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  const range = (page: Page): Promise<string> => page.locator("#function-0 .range").innerText();
  const chosen = (page: Page): Promise<readonly string[]> =>
    page.locator('#function-0 [data-lane][aria-pressed="true"] b').allInnerTexts();
  /** How many pixels of a canvas are painted in colours of their own. */
  const colours = (page: Page, canvas: string): Promise<number> =>
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

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      it(`draws every part at ${width} pixels in ${colorScheme}, and nothing runs over the edge`, async () => {
        const page = await open(fixtureResult(), { width, height, colorScheme });
        expect(await page.locator("#function-0 [data-lane]").count()).to.equal(6);
        for (const canvas of ["head", "rows", "foot", "overview"])
          expect(await colours(page, canvas), canvas).to.be.above(3);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.equal(0);
        await page.close();
      });
    }
  }

  it("marks the silent holder by name", async () => {
    const page = await open(fixtureResult());
    expect(await page.locator("#function-0 [data-lane].silent b").allInnerTexts()).to.deep.equal([
      "E2",
      "E4",
      "E6",
    ]);
    expect(await page.locator('#function-0 [data-lane="1"]').textContent()).to.equal(
      "Environment E2 …7cf5e34f never invoked, INIT WITHOUT INVOKE",
    );
    await page.close();
  });

  it("goes from a harm window's card to its place, with holder and victim chosen, in all pictures at once", async () => {
    const page = await open(fixtureResult());
    await page.click('#function-0 [data-window="0"] .show');
    await drawn(page);
    expect(await range(page)).to.equal("00:12.8 – 00:21.2");
    expect(await page.locator("#function-1 .range").innerText()).to.equal("00:12.8 – 00:21.2");
    expect(await chosen(page)).to.deep.equal(["E2", "E3"]);
    await page.click("#function-0 >> text=Whole run");
    await drawn(page);
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:00 – 01:01", []]);
    await page.close();
  });

  it("goes from a finding in the table to its place", async () => {
    const page = await open(fixtureResult());
    await page.click("#function-0 .findings-table button >> nth=1");
    await drawn(page);
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:36.8 – 00:45.2", ["E4", "E5"]]);
    await page.close();
  });

  it("counts what is clear, and lists it when asked", async () => {
    const page = await open(fixtureResult());
    const findings = page.locator("#function-1 details.table >> nth=1");
    expect(await findings.locator("summary").innerText()).to.equal("Findings (6, and 4 clear)");
    expect(await findings.locator("tbody tr.clear").count()).to.equal(0);
    await findings.locator("text=Show them").click();
    expect(await findings.locator("tbody tr").count()).to.equal(4);
    await page.close();
  });

  it("narrows the findings by kind, status and words", async () => {
    const page = await open(fixtureResult());
    const summary = page.locator("#function-0 details.table summary >> nth=1");
    expect(await summary.innerText()).to.equal("Findings (19)");
    await page.selectOption('#function-0 select[aria-label="Kind"]', "discipline");
    expect(await summary.innerText()).to.equal("Findings (10 of 19)");
    await page.fill('#function-0 .filters input[type="search"]', "e2 FREEZE");
    expect(await summary.innerText()).to.equal("Findings (1 of 19)");
    await page.selectOption('#function-0 select[aria-label="Status"]', "unknown");
    expect(await summary.innerText()).to.equal("Findings (0 of 19)");
    await page.close();
  });

  it("is driven by keys alone", async () => {
    const page = await open(fixtureResult());
    await page.focus("#function-0 .stage");
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) {
        await page.keyboard.press(key);
        await drawn(page);
      }
    };
    await press("+", "+");
    expect(await range(page)).to.equal("00:22 – 00:38");
    await press("ArrowRight");
    expect(await range(page)).to.equal("00:26 – 00:42");
    await press("0", "ArrowDown", "ArrowDown");
    expect(await chosen(page)).to.deep.equal(["E2"]);
    expect(await page.locator("#function-0 [aria-live]").textContent()).to.include(
      "INIT WITHOUT INVOKE. Environment: E2 (…7cf5e34f)",
    );
    await press("Shift+ArrowRight");
    expect(await page.locator("#function-0 [aria-live]").textContent()).to.include(
      "Connection held. Environment: E2",
    );
    await press("Escape", "h", "h");
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:36.8 – 00:45.2", ["E4", "E5"]]);
    await press("Escape", "0");
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:00 – 01:01", []]);
    await page.close();
  });

  it("zooms by wheel only where that is wanted, and pans by dragging", async () => {
    const page = await open(fixtureResult());
    const box = await page.locator("#function-0 canvas.rows").boundingBox();
    if (box === null) throw new Error("the lanes have no place");
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.mouse.wheel(0, -240);
    await drawn(page);
    expect(await range(page)).to.equal("00:00 – 01:01");
    await page.evaluate(() => scrollTo(0, 0));
    await page.focus("#function-0 .stage");
    const place = await page.locator("#function-0 canvas.rows").boundingBox();
    await page.mouse.move((place?.x ?? 0) + box.width / 2, (place?.y ?? 0) + 60);
    await page.mouse.wheel(0, -600);
    await drawn(page);
    const zoomed = await range(page);
    expect(zoomed).to.not.equal("00:00 – 01:01");
    await page.mouse.down();
    await page.mouse.move((place?.x ?? 0) + box.width / 2 - 200, (place?.y ?? 0) + 60, { steps: 4 });
    await page.mouse.up();
    await drawn(page);
    expect(await range(page)).to.not.equal(zoomed);
    await page.close();
  });

  it("shows a stretch that is dragged over in the strip", async () => {
    const page = await open(fixtureResult());
    const strip = page.locator("#function-0 canvas.overview");
    await strip.scrollIntoViewIfNeeded();
    const box = await strip.boundingBox();
    if (box === null) throw new Error("the strip has no place");
    await page.mouse.move(box.x + 148 + (box.width - 162) * 0.25, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 148 + (box.width - 162) * 0.5, box.y + 10, { steps: 5 });
    await page.mouse.up();
    await drawn(page);
    expect(await range(page)).to.equal("00:14 – 00:30");
    await page.close();
  });

  it("tells what is under the pointer", async () => {
    const page = await open(fixtureResult());
    const box = await page.locator("#function-0 canvas.head").boundingBox();
    if (box === null) throw new Error("the head has no place");
    // The peer's lane in the middle of E3's time.
    await page.mouse.move(box.x + 148 + (box.width - 162) * (29 / 61.2), box.y + 62);
    const tooltip = page.locator(".tooltip");
    await tooltip.waitFor({ state: "visible" });
    expect(await tooltip.innerText()).to.match(
      /^Connection held\s+Environment\s+E3 \(…dc3a91bd\)\s+Opened in\s+Invoke phase/u,
    );
    await page.mouse.move(5, 5);
    await tooltip.waitFor({ state: "hidden" });
    await page.close();
  });

  it("switches the colours by its button, and draws again in them", async () => {
    const page = await open(fixtureResult(), { colorScheme: "light" });
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.click("#theme");
    const dark = await background();
    await page.click("#theme");
    expect([dark === light, (await background()) === light]).to.deep.equal([false, true]);
    await page.close();
  });

  it("saves the picture as a file", async () => {
    const page = await open(fixtureResult());
    problems = [];
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("#function-0 >> text=Save picture"),
    ]);
    expect(download.suggestedFilename()).to.equal("init-connect.png");
    await download.cancel();
    await page.close();
    problems = problems.filter((problem) => !problem.startsWith("request: blob:"));
  });

  it("prints with a drawing of its own", async () => {
    const page = await open(fixtureResult(), { colorScheme: "dark" });
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.length).to.be.above(10_000);
    expect(await page.evaluate(() => document.documentElement.classList.contains("paper"))).to.equal(false);
    await page.close();
  });

  it("runs nothing that others wrote", async () => {
    const evil = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>';
    const functions = [
      failingFunction({
        name: evil,
        environments: failingFunction().environments.map((each, index) => ({
          ...each,
          id: `${evil}${index}`,
          logStream: `${evil}${index}`,
        })),
        findings: [finding({ check: evil, kind: "discipline", text: evil, environment: `${evil}0` })],
        invocationList: failingFunction().invocationList.map((each) => ({
          ...each,
          environment: `${evil}0`,
          requestId: evil,
          cause: evil,
        })),
      }),
    ];
    const page = await open(fixtureResult({ functions }));
    expect(await page.locator("img").count()).to.equal(0);
    expect(await page.locator("h2").innerText()).to.equal(evil);
    await page.focus(".stage");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await page.locator(".tooltip img").count()).to.equal(0);
    await page.close();
  });

  it("finds a lane by environment or request id, and goes there", async () => {
    const page = await open(fixtureResult());
    const lanes = (): Promise<readonly string[]> => page.locator("#function-0 [data-lane] b").allInnerTexts();
    const find = "#function-0 .toolbar input[type=search]";
    await page.fill(find, "E4");
    await drawn(page);
    expect(await lanes()).to.deep.equal(["E4"]);
    const asked = failingFunction().invocationList[20];
    await page.fill(find, (asked?.requestId ?? "").slice(0, 13).toUpperCase());
    await drawn(page);
    expect(await lanes()).to.deep.equal(["E3"]);
    await page.press(find, "Enter");
    await drawn(page);
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:20.953 – 00:21.067", ["E3"]]);
    await page.fill(find, "nowhere");
    await drawn(page);
    expect([await lanes(), await page.locator("#function-0 .found").innerText()]).to.deep.equal([[], "nothing found"]);
    await page.fill(find, "");
    await drawn(page);
    expect((await lanes()).length).to.be.above(0);
    await page.close();
  });

  it("limits the lanes to those that a finding names", async () => {
    const page = await open(fixtureResult());
    const choice = page.locator("#function-0 .toolbar select");
    expect(await choice.locator("option").allInnerTexts()).to.deep.equal([
      "all 6 lanes",
      "in a harm window (4)",
      "INIT WITHOUT INVOKE (3)",
      "with a failed invocation (2)",
      "environments-overlap (5)",
      "connection-opened-in-init (5)",
      "connection-held-across-freeze (5)",
    ]);
    await choice.selectOption({ label: "INIT WITHOUT INVOKE (3)" });
    await drawn(page);
    expect(await page.locator("#function-0 [data-lane] b").allInnerTexts()).to.deep.equal(["E2", "E4", "E6"]);
    await page.close();
  });

  it("opens at the environment that the address names, and keeps the address with the choice", async () => {
    const third = failingFunction().environments[2]?.id ?? "";
    const page = await open(fixtureResult(), { hash: `#environment=${encodeURIComponent(third)}` });
    await drawn(page);
    expect([await chosen(page), await range(page)]).to.deep.equal([["E3"], "00:08 – 00:42"]);
    expect(await page.evaluate(() => document.activeElement?.className)).to.equal("stage");
    const hash = (): Promise<string> => page.evaluate(() => decodeURIComponent(location.hash));
    await page.click("#function-0 .table a >> nth=1");
    await drawn(page);
    const second = failingFunction().environments[1]?.id ?? "";
    expect([await chosen(page), await hash()]).to.deep.equal([["E2"], `#environment=${second}`]);
    await page.click("#function-0 >> text=Whole run");
    expect(await hash()).to.equal("");
    await page.evaluate(() => {
      location.hash = "#environment=2026/11/25/[$LATEST]gone";
    });
    await page.locator(".masthead [role=status]").waitFor();
    expect(await page.locator(".masthead [role=status]").innerText()).to.equal(
      "The address asks for environment 2026/11/25/[$LATEST]gone, which no picture of this report shows.",
    );
    await page.close();
  });

  it("sets two runs one under the other on one time axis", async () => {
    const page = await openComparison();
    expect(await page.locator("h1").innerText()).to.equal("gateway failed before and passed after.");
    const ranges = (): Promise<readonly string[]> => page.locator(".side .range").allInnerTexts();
    expect(await ranges()).to.deep.equal(["00:00 – 01:01", "00:00 – 01:01"]);
    const strip = (): Promise<string> => page.locator(".pair canvas").evaluate((node) => (node as HTMLCanvasElement).toDataURL());
    await drawn(page);
    const whole = await strip();
    await page.click('#before-0 [data-window="0"] .show');
    await drawn(page);
    expect(await ranges()).to.deep.equal(["00:12.8 – 00:21.2", "00:12.8 – 00:21.2"]);
    expect((await strip()) === whole).to.equal(false);
    // The same instant of the plan is at the same place in both.
    const boxes = await Promise.all(["#before-0", "#after-0"].map((side) => page.locator(`${side} .table`).first().evaluate((node) => node.hasAttribute("open"))));
    expect(boxes).to.deep.equal([false, false]);
    expect(await page.locator("#after-0 .thresholds").innerText()).to.match(/^holds\s+harm\.total < 1\s+it is 0$/u);
    await page.close();
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      it(`has names, order and contrast for everyone at ${width} pixels in ${colorScheme}`, async () => {
        const openers = [(): Promise<Page> => open(fixtureResult(), { width, colorScheme }), (): Promise<Page> => openComparison({ width, colorScheme })];
        for (const opener of openers) {
          const page = await opener();
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { violations: found } = await (globalThis as unknown as { readonly axe: AxeCore }).axe.run();
            return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
          });
          expect(violations).to.deep.equal([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.equal(0);
          await page.close();
        }
      });
    }
  }

  it("opens ten thousand environments: packed small, only the lanes in sight exist, those that were harmed come first", async () => {
    const html = renderHtml(largeResult(10_000), assets);
    expect(html.length).to.be.below(4_000_000);
    const began = performance.now();
    const page = await openHtml(html);
    await drawn(page);
    console.log(`        ten thousand environments: ${(html.length / 1e6).toFixed(1)} MB, drawn ${Math.round(performance.now() - began)} ms after the page was asked for`);
    expect(await page.locator("#function-0 [data-lane] b").allInnerTexts()).to.deep.equal(["E5001", "E5002"]);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).to.be.below(1_500);
    await page.selectOption("#function-0 .toolbar select", "");
    await drawn(page);
    expect(await page.locator("#function-0 [data-lane]").count()).to.be.within(5, 60);
    await page.evaluate(() => document.querySelector("#function-0 .lanes")?.scrollTo(0, 100_000));
    await drawn(page);
    expect(
      Number(await page.locator("#function-0 [data-lane]").first().getAttribute("data-lane")),
    ).to.be.above(2_500);
    await page.fill("#function-0 .toolbar input[type=search]", "9876-3");
    await page.press("#function-0 .toolbar input[type=search]", "Enter");
    await drawn(page);
    expect(await chosen(page)).to.deep.equal(["E9877"]);
    await page.fill("#function-0 .toolbar input[type=search]", "");
    await page.click('#function-0 [data-window="0"] .show');
    await drawn(page);
    expect(await chosen(page)).to.have.lengthOf(2);
    await page.close();
  });

  for (const [title, result] of [
    ["no function at all", fixtureResult({ functions: [] })],
    [
      "a function without any environment",
      fixtureResult({
        functions: [
          failingFunction({
            environments: [],
            invocationList: [],
            findings: [],
            harm: { total: 0, delayed: 0, windowsMs: [], windows: [] },
          }),
        ],
      }),
    ],
  ] as const) {
    it(`is a page with ${title} too`, async () => {
      const file = join(folder, "empty.html");
      writeFileSync(file, renderHtml(result, assets));
      const page = await browser.newPage({ reducedMotion: "reduce" });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => problems.push(message.text()));
      await page.goto(pathToFileURL(file).href);
      await drawn(page);
      expect(await page.locator("h1").innerText()).to.not.equal("");
      await page.close();
    });
  }
});
