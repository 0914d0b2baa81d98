/** Bundles the page's script and style as the build does (scripts/build.mjs), for tests that need a real page. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { PageAssets } from "../../src/report/html/page-frame.ts";

const PAGE = fileURLToPath(new URL("../../src/report/page/", import.meta.url));

export async function pageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all([
    build({
      entryPoints: [`${PAGE}main.ts`],
      bundle: true,
      format: "iife",
      target: "es2020",
      minify: true,
      legalComments: "none",
      write: false,
      logLevel: "silent",
    }),
    build({
      entryPoints: [`${PAGE}style.css`],
      bundle: true,
      minify: true,
      write: false,
      logLevel: "silent",
    }),
  ]);
  return { script: script.outputFiles[0]?.text ?? "", style: style.outputFiles[0]?.text ?? "" };
}
