/**
 * Bundles test files for `make test`. A source that several test files share is bundled only once, in a separate file. mocha starts twice
 * as fast as with tsx, which reads and translates each source file separately for each process of mocha.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { kill, pid } from "node:process";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { forNode } from "./bundles.ts";

const FOLDERS = join("node_modules", ".cache", "longrun-tests");
/** Each process has its own folder, because `.ci/run` runs `make fuzz` beside `make test-all`. */
const FOLDER = join(FOLDERS, String(pid));

/** Returns the text that is bundled for a source file. The path is absolute. */
type ChangeSource = (path: string, text: string) => string;

/** Each source keeps its own address, because tests and sources find other files beside it. */
const ownAddress = (change: ChangeSource): Plugin => ({
  name: "own-address",
  setup(bundle) {
    bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      // Written as patterns, because tests of the bundling bundle this file too.
      const source = change(path, await readFile(path, "utf8"));
      const contents = source
        .replace(/import\.meta\.url/g, () => JSON.stringify(pathToFileURL(path).href))
        .replace(/import\.meta\.dirname/g, () => JSON.stringify(dirname(path)));
      return { contents, loader: "ts" };
    });
  },
});

/** Returns the path of the bundled file for a source file: `a/b.test.ts` is `node_modules/.cache/longrun-tests/PID/a/b.test.js`. */
export function bundledPath(source: string): string {
  return join(FOLDER, source.replace(/\.ts$/, ".js"));
}

/** Whether a process with this id runs. */
function isRunning(id: number): boolean {
  try {
    return kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes the folder of this process, and those that killed processes left. */
export function removeBundles(): void {
  if (!existsSync(FOLDERS)) return;
  for (const name of readdirSync(FOLDERS))
    if (Number(name) === pid || !isRunning(Number(name)))
      rmSync(join(FOLDERS, name), { recursive: true, force: true });
}

/** Bundles the source files, which are paths relative to the root of the repository. The caller removes the bundles (`removeBundles`). */
export async function bundleTests(
  sources: readonly string[],
  change: ChangeSource = (_, text) => text,
): Promise<void> {
  removeBundles();
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
    plugins: [ownAddress(change)],
  });
}
