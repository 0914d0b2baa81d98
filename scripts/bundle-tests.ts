/**
 * Bundles test files for `make test`, with one file for all sources that several of them share. mocha starts twice as fast as with tsx, which reads
 * and translates each source file separately for each process of mocha.
 */
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { forNode } from "./bundles.ts";

const FOLDER = join("node_modules", ".cache", "longrun-tests");

/** Each source keeps its own address, because tests and sources find other files beside it. */
const ownAddress: Plugin = {
  name: "own-address",
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
      return { contents, loader: "ts" };
    });
  },
};

/** Returns the path of the bundled file for a source file: `a/b.test.ts` is `node_modules/.cache/longrun-tests/a/b.test.js`. */
export function bundledPath(source: string): string {
  return join(FOLDER, source.replace(/\.ts$/, ".js"));
}

/** Bundles the source files, which are paths relative to the root of the repository. */
export async function bundleTests(sources: readonly string[]): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  await build({
    ...forNode,
    entryPoints: [...sources],
    outdir: FOLDER,
    outbase: ".",
    chunkNames: "chunks/[hash]",
    format: "esm",
    splitting: true,
    packages: "external",
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [ownAddress],
  });
}
