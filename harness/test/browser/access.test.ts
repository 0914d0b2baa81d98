/** Tests what people who cannot see, or cannot see well, need from the pages: axe-core checks names, order and contrast. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { fixtureResult } from "../report/fixture-result.ts";
import { reportBrowser } from "./report-browser.ts";

/** The part of axe-core that runs inside the page. */
interface AxeCore {
  run(): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly target: readonly string[] }[];
    }[];
  }>;
}
declare global {
  /** The script of axe-core sets this variable of the page. */
  var axe: AxeCore;
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("accessibility of the pages", () => {
  const { open, openComparison } = reportBrowser();

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      it(`breaks no rule of axe-core about names, order and contrast at ${width} pixels in ${colorScheme}`, async () => {
        const openers = [
          (): Promise<Page> => open(fixtureResult(), { width, colorScheme }),
          (): Promise<Page> => openComparison({ width, colorScheme }),
        ];
        for (const opener of openers) {
          const page = await opener();
          await page.evaluate(axe);
          const violations = await page.evaluate(async () => {
            const { violations: found } = await globalThis.axe.run();
            return found.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
            );
          });
          expect(violations).to.deep.equal([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).to.equal(0);
          await page.close();
        }
      });
    }
  }
});
