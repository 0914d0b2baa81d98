/** Finds the built files in `dist/` of the package root, also when run from source. Only this file knows the layout of the package. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { LongrunError } from "../../domain/errors.ts";
import { invariant } from "../../domain/invariant.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** Searched upwards from this file, because the build moves code between folders. */
export function packageRoot(): string {
  let folder = here;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    invariant(parent !== folder, `no package.json above ${here}`);
    folder = parent;
  }
  return folder;
}

const isBundled = (): boolean => relative(packageRoot(), here).split(/[\\/]/)[0] === "dist";

function built(...path: readonly string[]): string {
  const file = join(packageRoot(), "dist", ...path);
  if (!existsSync(file)) {
    throw new LongrunError("unavailable", `${join("dist", ...path)} has not been built.`, {
      hint: "npm run build makes it.",
    });
  }
  return file;
}

export const bootstrapFile = (): string => built("bootstrap.cjs");
export const designPackageFile = (design: string): string => built("functions", `${design}.zip`);

export async function reportPage(): Promise<{ readonly script: string; readonly style: string }> {
  const [script, style] = await Promise.all([
    readFile(built("report", "page.js"), "utf8"),
    readFile(built("report", "page.css"), "utf8"),
  ]);
  return { script, style };
}

/** From source, a thread needs tsx for TypeScript. */
export function skimWorker(): URL {
  if (isBundled()) return pathToFileURL(built("skim-worker.js"));
  const file = join(
    packageRoot(),
    "harness",
    "src",
    "adapters",
    "log-formats",
    "skim-ahead",
    "skim-worker.ts",
  );
  // The module for `require` cannot be used in a thread. The one for `import` has the same name.
  const hook = createRequire(import.meta.url)
    .resolve("tsx/esm/api")
    .replace(/cjs$/, "mjs");
  const [api, source] = [hook, file].map((path) => JSON.stringify(pathToFileURL(path).href));
  const program = `import { register } from ${api}; register(); await import(${source});`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

/** The command that starts this program again as a child process. */
export function ownCommand(): { readonly command: string; readonly arguments: readonly string[] } {
  if (isBundled()) return { command: execPath, arguments: [built("longrun.js")] };
  const hook = import.meta.resolve("tsx");
  return {
    command: execPath,
    arguments: ["--import", hook, join(packageRoot(), "harness", "bin", "longrun.ts")],
  };
}
