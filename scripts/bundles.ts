/** Options of esbuild for bundles that tests build too. Paths are relative to the repository. */
import type { BuildOptions } from "esbuild";
import { packageRoot } from "../harness/src/adapters/node/assets.ts";

const inRepository = {
  absWorkingDir: packageRoot(),
  bundle: true,
  logLevel: "warning",
} satisfies BuildOptions;

export const forNode = { ...inRepository, platform: "node", target: "node20" } satisfies BuildOptions;

/**
 * One CommonJS file without dependencies, because each cold start loads it. Without white space Node reads it in 0.9 × the time of a cold start
 * with nothing prepared (bound: 1.4 × `node -e 0`). Names stay as they are, because stack traces in a function's log show them, and lines stay
 * short, because Node prints the line of an exception.
 */
export const runtimeClient = {
  ...forNode,
  entryPoints: { bootstrap: "harness/src/engine/clients/node/bootstrap.ts" },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 200,
} satisfies BuildOptions;

export const pageScript = {
  ...inRepository,
  entryPoints: { page: "harness/src/report/page/main.ts" },
  format: "iife",
  target: "es2020",
  minify: true,
  legalComments: "none",
} satisfies BuildOptions;

export const pageStyle = {
  ...inRepository,
  entryPoints: { page: "harness/src/report/page/style.css" },
  minify: true,
} satisfies BuildOptions;
