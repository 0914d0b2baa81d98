/**
 * Writes the declarations that harness/src/library/index.ts reaches. Only `npm pack` does this (build.ts --types), because the type checker
 * takes ten times as long as the rest of the build.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

const ENTRY = "harness/src/library/index.d.ts";

export async function writeDeclarations(root: string, out: string): Promise<void> {
  const emitted = await mkdtemp(join(tmpdir(), "longrun-declarations-"));
  try {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const run = spawnSync(
      process.execPath,
      [tsc, "-p", join(root, "tsconfig.declarations.json"), "--outDir", emitted],
      { encoding: "utf8" },
    );
    if (run.status !== 0) throw new Error(`the library's types cannot be made:\n${run.stdout}`);
    await rm(out, { recursive: true, force: true });
    for (const [file, text] of await reachable(emitted)) {
      const path = join(out, relative(emitted, file));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

/**
 * Returns the declaration files that ENTRY reaches, with their texts. In the texts, the names of imported `.ts` files end in `.js`, because
 * the package has no `.ts` files.
 */
async function reachable(emitted: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const waiting = [join(emitted, ENTRY)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = await readFile(file, "utf8");
    found.set(file, text.replace(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"'));
    for (const [, , path] of text.matchAll(/(from |import\()"(\.[^"]+)\.ts"/g))
      waiting.push(resolve(dirname(file), `${path}.d.ts`));
  }
  return found;
}
