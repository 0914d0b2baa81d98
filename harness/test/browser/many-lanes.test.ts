/**
 * Tests how a user finds one environment among many: by the search field, by a finding, or by the page's address. Also tests a page with
 * ten thousand environments. In the picture, each environment is one lane.
 */
import { expect } from "chai";
import { renderHtml } from "../../src/report/html/render-html.ts";
import { failingFunction, fixtureResult } from "../report/fixture-result.ts";
import { largeResult } from "../report/large-result.ts";
import { chosen, drawn, range, reportBrowser } from "./report-browser.ts";

describe("report.html with many lanes, in Chromium", () => {
  const { open, openHtml, assets } = reportBrowser();

  it("finds a lane by environment or request id, and shows it", async () => {
    const page = await open(fixtureResult());
    const lanes = (): Promise<readonly string[]> => page.locator("#function-0 [data-lane] b").allInnerTexts();
    const find = "#function-0 .toolbar input[type=search]";
    await page.fill(find, "E4");
    await drawn(page);
    expect(await lanes()).to.deep.equal(["E4"]);
    const asked = failingFunction().invocationList.at(20);
    await page.fill(find, (asked?.requestId ?? "").slice(0, 13).toUpperCase());
    await drawn(page);
    expect(await lanes()).to.deep.equal(["E3"]);
    await page.press(find, "Enter");
    await drawn(page);
    expect([await range(page), await chosen(page)]).to.deep.equal(["00:20.953 – 00:21.067", ["E3"]]);
    await page.fill(find, "nowhere");
    await drawn(page);
    expect([await lanes(), await page.locator("#function-0 .toolbar .found").innerText()]).to.deep.equal([
      [],
      "nothing found",
    ]);
    await page.fill(find, "");
    await drawn(page);
    expect((await lanes()).length).to.be.above(0);
    await page.close();
  });

  it("shows only the lanes that a finding names", async () => {
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

  it("opens at the environment that the address names, and writes the selected environment into the address", async () => {
    const third = failingFunction().environments.at(2)?.id ?? "";
    const page = await open(fixtureResult(), { hash: `#environment=${encodeURIComponent(third)}` });
    await drawn(page);
    expect([await chosen(page), await range(page)]).to.deep.equal([["E3"], "00:08 – 00:42"]);
    expect(await page.evaluate(() => document.activeElement?.className)).to.equal("stage");
    const hash = (): Promise<string> => page.evaluate(() => decodeURIComponent(location.hash));
    await page.click("#function-0 .table a >> nth=1");
    await drawn(page);
    const second = failingFunction().environments.at(1)?.id ?? "";
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

  it("shows the harmed ones of ten thousand environments first, and draws only visible lanes", async () => {
    const html = renderHtml(largeResult(10_000), assets());
    expect(html.length).to.be.below(4_000_000);
    const began = performance.now();
    const page = await openHtml(html);
    await drawn(page);
    const took = Math.round(performance.now() - began);
    process.stdout.write(
      `        10 000 environments, ${(html.length / 1e6).toFixed(1)} MB: drawn after ${took} ms\n`,
    );
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
});
