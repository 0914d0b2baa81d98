/** Bundles a source file and its imports into one module. An ES module stays one, so top-level await works; CommonJS stays CommonJS. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import type { BuildFailure, Message } from "esbuild";

type BundledSource =
  | {
      readonly ok: true;
      readonly name: string;
      readonly contents: Uint8Array;
      /** The files in the bundle, without those of packages. */
      readonly sources: readonly string[];
    }
  /** The end of a sentence that begins with "expected". */
  | { readonly ok: false; readonly expected: string };

/** A CommonJS package inside an ES module needs `require`. */
const REQUIRE =
  'import { createRequire as longrunRequire } from "node:module"; const require = longrunRequire(import.meta.url);';

export async function bundleSource(file: string): Promise<BundledSource> {
  // esbuild is loaded only here, and so only if the code is a source file.
  const { build } = await import("esbuild");
  const esm = isModule(file);
  const base = basename(file, extname(file)).replace(/[^A-Za-z0-9_-]+/g, "-");
  const folder = dirname(resolve(file));
  try {
    const built = await build({
      absWorkingDir: folder,
      entryPoints: [basename(file)],
      write: false,
      bundle: true,
      platform: "node",
      target: "node20",
      format: esm ? "esm" : "cjs",
      ...(esm ? { banner: { js: REQUIRE } } : {}),
      sourcemap: "inline",
      sourcesContent: false,
      legalComments: "none",
      charset: "utf8",
      logLevel: "silent",
      metafile: true,
    });
    const [output] = built.outputFiles;
    if (output === undefined) return { ok: false, expected: "a module" };
    const sources = Object.keys(built.metafile.inputs)
      .map((one) => resolve(folder, one))
      .filter((one) => !one.split(sep).includes("node_modules") && existsSync(one));
    return { ok: true, name: `${base}.${esm ? "mjs" : "cjs"}`, contents: output.contents, sources };
  } catch (error) {
    return {
      ok: false,
      expected: `a module that can be bundled, but ${problems(error)}${nativeHint(error)}`,
    };
  }
}

/** A package with native parts cannot be bundled and must stay in node_modules. The result is empty for other errors. */
function nativeHint(error: unknown): string {
  return problems(error).includes(String.raw`".node" files`)
    ? ". A package with native parts cannot be bundled: give --code the folder that contains the source and its node_modules"
    : "";
}

function isModule(file: string): boolean {
  const ending = extname(file);
  if (ending === ".mjs" || ending === ".mts" || ending === ".ts") return true;
  if (ending === ".cjs" || ending === ".cts") return false;
  return nearestPackage(dirname(resolve(file)))?.type === "module";
}

function nearestPackage(folder: string): { readonly type?: unknown } | null {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, "package.json");
    if (existsSync(path)) {
      try {
        return JSON.parse(readFileSync(path, "utf8")) as { readonly type?: unknown };
      } catch {
        return null;
      }
    }
    if (dirname(at) === at) return null;
  }
}

function problems(error: unknown): string {
  const messages = (error as Partial<BuildFailure>).errors;
  if (messages === undefined || messages.length === 0)
    return error instanceof Error ? error.message : String(error);
  return messages
    .slice(0, 3)
    .map(({ text, location }: Message) =>
      location === null ? text : `${location.file}:${location.line}: ${text}`,
    )
    .join("; ");
}
