/** Finds the built files in `dist/` of the package root, also when run from source. Only this file knows the layout of the package. */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { notAvailable } from "../../base/errors.ts";
import { invariant } from "../../base/invariant.ts";

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

function built(...path: readonly string[]): string {
  const file = join(packageRoot(), "dist", ...path);
  if (!existsSync(file)) {
    throw notAvailable(`${join("dist", ...path)} has not been built.`, {
      hint: "npm run build makes it.",
    });
  }
  return file;
}

export const bootstrapFile = (): string => built("bootstrap.cjs");
export const designPackageFile = (design: string): string => built("functions", `${design}.zip`);
export const designPackage = (design: string): Uint8Array => readFileSync(designPackageFile(design));

export async function reportPage(): Promise<{ readonly script: string; readonly style: string }> {
  const [script, style] = await Promise.all([
    readFile(built("report", "page.js"), "utf8"),
    readFile(built("report", "page.css"), "utf8"),
  ]);
  return { script, style };
}

export const successProcess = (): string => built("success-process.js");

/** The command that starts this program again as a child process. */
export const ownCommand = (): { readonly command: string; readonly arguments: readonly string[] } => ({
  command: execPath,
  arguments: [built("longrun.js")],
});
