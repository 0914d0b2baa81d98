/** Packs a folder into one small file: a JSON line for each file, compressed with gzip. zcat shows the content. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

export interface BundledFile {
  readonly path: string;
  readonly content: string;
}

/** A judgement writes these files into a run directory. A bundle has only the evidence. */
const MADE_FROM_EVIDENCE: ReadonlySet<string> = new Set([
  "result.json",
  "report.html",
  "summary.md",
  "junit.xml",
]);

/** Leaves out the files that only a run in progress has. Their names begin with a dot. */
export function readFolder(folder: string): readonly BundledFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !MADE_FROM_EVIDENCE.has(path) && !path.startsWith("."))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => ({
      path: path.split(sep).join("/"),
      content: readFileSync(join(folder, path), "utf8"),
    }));
}

export function pack(files: readonly BundledFile[]): Uint8Array {
  return gzipSync(files.map((file) => `${JSON.stringify(file)}\n`).join(""), { level: 9 });
}

export function unpack(bundle: Uint8Array): readonly BundledFile[] {
  return gunzipSync(bundle)
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as BundledFile);
}

export function writeFiles(files: readonly BundledFile[], folder: string): void {
  for (const { path, content } of files) {
    const inside = normalize(path);
    if (inside.startsWith("..") || inside.startsWith(sep))
      throw new Error(`${path} is outside of the folder`);
    mkdirSync(dirname(join(folder, inside)), { recursive: true });
    writeFileSync(join(folder, inside), content);
  }
}
