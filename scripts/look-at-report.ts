/**
 * Opens a report in headless Chromium, and fails on a console error, on a network request, or if no lane is drawn.
 * usage: node --import tsx scripts/look-at-report.ts REPORT.html [PICTURE.png]
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchChromium, NO_CHROMIUM } from "./chromium.ts";

const [report, picture] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write("usage: node --import tsx scripts/look-at-report.ts REPORT.html [PICTURE.png]\n");
  process.exit(64);
}
const browser = await launchChromium();
if (browser === null) {
  process.stderr.write(`${NO_CHROMIUM}\n`);
  process.exit(69);
}
const problems: string[] = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) problems.push(`network request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(resolve(report)).href);
  await page
    .waitForSelector("[data-lane]", { timeout: 30_000 })
    .catch(() => problems.push("no swim lane was drawn"));
  if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
} finally {
  await browser.close();
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0) process.stdout.write(`report looked at: ${report}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
