// Builds everything that runs: the command, the engine's runtime client, the report page's script and style, and
// the function packages. One way for a laptop, CI and the published package. `node scripts/build.mjs`; with `--types` also
// the library's declarations, as the published package has them.
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildFunctions } from "../functions/build.mjs";
import { writeDeclarations } from "./declarations.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "dist");
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const started = performance.now();

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const node = { bundle: true, platform: "node", target: "node20", logLevel: "warning", absWorkingDir: root };

await Promise.all([
  // Dependencies stay packages: an installed longrun shares them and their licences stay theirs.
  build({
    ...node,
    entryPoints: {
      longrun: "harness/bin/longrun.ts",
      runner: "harness/bin/runner.ts",
      index: "harness/src/library/index.ts",
    },
    outdir: out,
    format: "esm",
    splitting: true,
    packages: "external",
    chunkNames: "chunks/[name]-[hash]",
    define: { LONGRUN_VERSION: JSON.stringify(version) },
    sourcemap: "linked",
  }),
  // The managed peer's image holds this one file and Node, so that its start needs nothing and its surface is small.
  build({
    ...node,
    entryPoints: { peer: "harness/bin/peer.ts" },
    outdir: out,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    define: { LONGRUN_VERSION: JSON.stringify(version) },
  }),
  // Runs inside every execution environment: one CommonJS file without dependencies, since it is in each cold start.
  build({
    ...node,
    entryPoints: { bootstrap: "harness/src/engine/clients/node/bootstrap.ts" },
    outdir: out,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    minifySyntax: true,
  }),
  build({
    absWorkingDir: root,
    entryPoints: { page: "harness/src/report/page/main.ts" },
    outdir: join(out, "report"),
    bundle: true,
    format: "iife",
    target: "es2020",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  }),
  build({
    absWorkingDir: root,
    entryPoints: { page: "harness/src/report/page/style.css" },
    outdir: join(out, "report"),
    bundle: true,
    minify: true,
    logLevel: "warning",
  }),
  buildFunctions(join(out, "functions")),
]);
if (process.argv.includes("--types")) await writeDeclarations(root, join(out, "types"));
await chmod(join(out, "longrun.js"), 0o755);
process.stderr.write(`built dist/ in ${Math.round(performance.now() - started)} ms\n`);
