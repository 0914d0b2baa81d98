/** Builds everything that runs into dist/. With `--types` it also writes the library's declarations for the published package. */
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { buildFunctions } from "../functions/build.ts";
import { packageRoot } from "../harness/src/adapters/node/assets.ts";
import { fixedAnswers } from "../harness/src/cli/fixed-answers.ts";
import manifest from "../package.json" with { type: "json" };
import { bundledPackages, licenceNotice } from "./bundled-packages.ts";
import { forNode, pageScript, pageStyle, runtimeClient } from "./bundles.ts";
import { writeDeclarations } from "./declarations.ts";

const root = packageRoot();
const out = join(root, "dist");
const define = {
  LONGRUN_VERSION: JSON.stringify(manifest.version),
  // The value is a text, because esbuild would write an array into a separate file.
  LONGRUN_ANSWERS: JSON.stringify(JSON.stringify([...fixedAnswers()])),
};
// Dependencies are not bundled: an installed longrun shares them with other packages, and the licence of each dependency stays with it.
const command = {
  ...forNode,
  outdir: out,
  format: "esm",
  splitting: true,
  packages: "external",
  define,
  sourcemap: "linked",
} satisfies BuildOptions;
/** Makes a bundle import another bundle, because `serve` has its own (harness/bin/serve.ts says why). */
const apart = (name: string): Plugin => ({
  name: `${name}-apart`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, ({ importer }) =>
      importer.startsWith(join(root, "harness", "bin")) ? { path: `./${name}.js`, external: true } : null,
    );
  },
});
const started = performance.now();

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  build({
    ...command,
    entryPoints: {
      longrun: "harness/bin/longrun.ts",
      runner: "harness/bin/runner.ts",
      index: "harness/src/library/index.ts",
      "flag-elsewhere": "harness/src/cli/flag-elsewhere.ts",
    },
    chunkNames: "chunks/[name]-[hash]",
    plugins: [apart("serve")],
  }),
  build({
    ...command,
    entryPoints: { serve: "harness/bin/serve.ts" },
    chunkNames: "chunks/serve/[name]-[hash]",
    plugins: [apart("flag-elsewhere")],
  }),
  // The image of the managed peer contains only this file and Node: it installs nothing at its start, and its attack surface is small.
  build({
    ...forNode,
    entryPoints: { peer: "harness/bin/peer.ts" },
    outdir: out,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    define,
  }),
  // A process starts faster from one file.
  build({
    ...forNode,
    entryPoints: {
      "success-process": "harness/src/cli/soak/success-process.ts",
    },
    outdir: out,
    format: "esm",
    sourcemap: "linked",
  }),
  build({ ...runtimeClient, outdir: out }),
  buildPage(),
  build({ ...pageStyle, outdir: join(out, "report") }),
  buildFunctions(join(out, "functions")),
]);

/** The page is in each report, so it has the licences of what is bundled into it. */
async function buildPage(): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...pageScript,
    outdir: join(out, "report"),
    write: false,
    metafile: true,
  });
  const notice = licenceNotice(bundledPackages(metafile, root));
  await mkdir(join(out, "report"), { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, notice + text);
}

if (process.argv.includes("--types")) await writeDeclarations(root, join(out, "types"));
await chmod(join(out, "longrun.js"), 0o755);
process.stderr.write(`built dist/ in ${Math.round(performance.now() - started)} ms\n`);
