/** Bundles the page's script and style as the build does, for tests that need a real page. */
import { build } from "esbuild";
import { pageScript, pageStyle } from "../../../scripts/bundles.ts";
import type { PageAssets } from "../../src/report/html/page-frame.ts";

export async function pageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all([
    build({ ...pageScript, write: false }),
    build({ ...pageStyle, write: false }),
  ]);
  return { script: script.outputFiles[0]?.text ?? "", style: style.outputFiles[0]?.text ?? "" };
}
