/** Tests the page that compares two runs, in headless Chromium. */
import { expect } from "chai";
import { drawn, reportBrowser } from "./report-browser.ts";

describe("a comparison in Chromium", () => {
  const { openComparison } = reportBrowser();

  it("shows two runs one below the other on one time axis", async () => {
    const page = await openComparison();
    expect(await page.locator("h1").innerText()).to.equal("gateway failed before and passed after.");
    const ranges = (): Promise<readonly string[]> => page.locator(".side .range").allInnerTexts();
    expect(await ranges()).to.deep.equal(["00:00 – 01:01", "00:00 – 01:01"]);
    const strip = (): Promise<string> =>
      page.locator(".pair canvas").evaluate((node) => (node as HTMLCanvasElement).toDataURL());
    await drawn(page);
    const whole = await strip();
    await page.click('#before-0 [data-window="0"] .show');
    await drawn(page);
    expect(await ranges()).to.deep.equal(["00:12.8 – 00:21.2", "00:12.8 – 00:21.2"]);
    expect((await strip()) === whole).to.equal(false);
    // The table below each picture is closed.
    const boxes = await Promise.all(
      ["#before-0", "#after-0"].map((side) =>
        page
          .locator(`${side} .table`)
          .first()
          .evaluate((node) => node.hasAttribute("open")),
      ),
    );
    expect(boxes).to.deep.equal([false, false]);
    expect(await page.locator("#after-0 .thresholds").innerText()).to.match(
      /^holds\s+harm\.total < 1\s+it is 0$/u,
    );
    await page.close();
  });
});
