/** Starts headless Chromium: the program that LONGRUN_CHROMIUM names, else an installed one. Null if there is none. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launchChromium(): Promise<Browser | null> {
  const executablePath = [process.env["LONGRUN_CHROMIUM"] ?? "", ...PLACES].find((place) =>
    existsSync(place),
  );
  if (executablePath === undefined) return null;
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export const NO_CHROMIUM = "No Chromium found: install it, or name it in LONGRUN_CHROMIUM.";
