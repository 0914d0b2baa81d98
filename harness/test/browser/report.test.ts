/**
 * Uses the page in headless Chromium as a person would. The page draws, zooms, shows details, selects and prints, in both colour schemes
 * and on a phone, without an error and without the network. These tests run separately (`make report-test`).
 */
import { expect } from "chai";
import { HEAD, layoutOf, RIGHT } from "../../src/report/page/layout.ts";
import { failingFunction, finding, fixtureResult, suspectedFunction } from "../report/fixture-result.ts";
import { chosen, colours, drawn, range, reportBrowser } from "./report-browser.ts";

describe("report.html in Chromium", () => {
  const { open, tolerate } = reportBrowser();

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [width, height] of [
      [1280, 900],
      [390, 844],
    ] as const) {
      it(`draws every part at ${width} pixels in ${colorScheme}, and nothing is wider than the page`, async () => {
        const page = await open(fixtureResult(), { width, height, colorScheme });
        expect(await page.locator("#function-0 [data-lane]").count()).to.equal(6);
        for (const canvas of ["head", "rows", "foot", "overview"])
          expect(await colours(page, canvas), canvas).to.be.above(3);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.equal(0);
        await page.close();
      });
    }
  }

  it("marks the lanes of environments that were never invoked", async () => {
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

  it("marks the lane of a suspect, and shows on its time of the peer who may have held it", async () => {
    const page = await open(fixtureResult({ functions: [suspectedFunction()] }));
    expect(await page.locator('#function-0 [data-lane="1"]').textContent()).to.equal(
      "Environment E2 …7cf5e34f never invoked, suspect, INIT WITHOUT INVOKE",
    );
    expect(await page.locator("#function-0 .function-head").innerText()).to.match(
      /^init-connect\s+inconclusive\s+Suspect \(possible\): environment E2 .*longrun analyze runs\/\S+ --peer-log FILE\s+Suspect/s,
    );
    const head = await page.locator("#function-0 canvas >> nth=0").boundingBox();
    if (head === null) throw new Error("the picture is not drawn");
    const [from, to] = [layoutOf(head.width, 6).gutter, head.width - RIGHT];
    await page.mouse.move(head.x + from + ((to - from) * 17) / 61.2, head.y + HEAD.peerTop + 12);
    expect(await page.locator(".tooltip").innerText()).to.match(
      /^Suspect: may have held the peer\s+Environment\s+E2/,
    );
    await page.close();
  });

  it("shows a harm window when its card is clicked, and selects holder and victim in all pictures", async () => {
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

  it("shows the time range and the environments of a finding that is clicked", async () => {
    const page = await open(fixtureResult());
    await page.click("#function-0 .findings-table button >> nth=1");
    await drawn(page);
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:36.8 – 00:45.2", ["E4", "E5"]]);
    await page.close();
  });

  it("counts the clear findings, and lists them on request", async () => {
    const page = await open(fixtureResult());
    const findings = page.locator("#function-1 details.table >> nth=1");
    expect(await findings.locator("summary").innerText()).to.equal("Findings (6, and 4 clear)");
    expect(await findings.locator("tbody tr.clear").count()).to.equal(0);
    await findings.locator("text=Show them").click();
    expect(await findings.locator("tbody tr").count()).to.equal(4);
    await page.close();
  });

  it("filters the findings by kind, status and words", async () => {
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

  it("can be used with the keyboard alone", async () => {
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

  it("zooms by the wheel without a key only while the picture has the focus, and pans by dragging", async () => {
    const page = await open(fixtureResult());
    const box = await page.locator("#function-0 canvas.rows").boundingBox();
    if (box === null) throw new Error("the lanes are not visible");
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

  it("shows the span that is selected in the strip by dragging", async () => {
    const page = await open(fixtureResult());
    const strip = page.locator("#function-0 canvas.overview");
    await strip.scrollIntoViewIfNeeded();
    const box = await strip.boundingBox();
    if (box === null) throw new Error("the strip is not visible");
    await page.mouse.move(box.x + 148 + (box.width - 162) * 0.25, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 148 + (box.width - 162) * 0.5, box.y + 10, { steps: 5 });
    await page.mouse.up();
    await drawn(page);
    expect(await range(page)).to.equal("00:14 – 00:30");
    await page.close();
  });

  it("shows details of what is under the pointer", async () => {
    const page = await open(fixtureResult());
    const box = await page.locator("#function-0 canvas.head").boundingBox();
    if (box === null) throw new Error("the head is not visible");
    // Point at the peer's lane, in the middle of the time in which E3 held the peer.
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

  it("follows the colour scheme of the system", async () => {
    const page = await open(fixtureResult(), { colorScheme: "light" });
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await background();
    await page.emulateMedia({ colorScheme: "light" });
    expect([dark === light, (await background()) === light]).to.deep.equal([false, true]);
    await page.close();
  });

  it("saves the picture as a file", async () => {
    const page = await open(fixtureResult());
    tolerate((problem) => problem.startsWith("request: blob:"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("#function-0 >> text=Save picture"),
    ]);
    expect(download.suggestedFilename()).to.equal("init-connect.png");
    await download.cancel();
    await page.close();
  });

  it("prints every column of every table, also on a narrow page", async () => {
    const page = await open(fixtureResult(), { width: 680, height: 900, colorScheme: "light" });
    await page.emulateMedia({ media: "print" });
    const cut = await page.evaluate(
      () =>
        [...document.querySelectorAll("table")].filter(
          (table) => table.getBoundingClientRect().right > document.documentElement.clientWidth,
        ).length,
    );
    expect(cut).to.equal(0);
    await page.close();
  });

  it("prints, and shows the drawing for the screen again afterwards", async () => {
    const page = await open(fixtureResult(), { colorScheme: "dark" });
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.length).to.be.above(10_000);
    expect(await page.evaluate(() => document.documentElement.classList.contains("paper"))).to.equal(false);
    await page.close();
  });

  it("runs no code that comes from the evidence", async () => {
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
    it(`shows a page with ${title}`, async () => {
      const page = await open(result, { waitFor: "h1" });
      await drawn(page);
      expect(await page.locator("h1").innerText()).to.not.equal("");
      await page.close();
    });
  }
});
