// Opens a report in headless Chromium as a person would: no console error, no network request, lanes drawn.
// usage: node scripts/look-at-report.mjs REPORT.html [PICTURE.png]      Chromium: LONGRUN_CHROMIUM or the usual places
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [report, picture] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write("usage: node scripts/look-at-report.mjs REPORT.html [PICTURE.png]\n");
  process.exit(64);
}
const places = [
  process.env.LONGRUN_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = places.find((place) => place !== undefined && existsSync(place));
if (executablePath === undefined) {
  process.stderr.write("No Chromium found; install it or name it in LONGRUN_CHROMIUM.\n");
  process.exit(69);
}
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const browser = await chromium.launch({ executablePath, args });
const problems = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on(
    "request",
    (request) =>
      request.url().startsWith("file:") ||
      request.url().startsWith("data:") ||
      problems.push(`network request: ${request.url()}`),
  );
  await page.goto(pathToFileURL(resolve(report)).href);
  await page
    .waitForSelector("[data-lane]", { timeout: 30_000 })
    .catch(() => problems.push("no swim lane was drawn"));
  if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
} finally {
  await browser.close();
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(problems.length === 0 ? `report looked at: ${report}\n` : "");
process.exit(problems.length === 0 ? 0 : 1);
