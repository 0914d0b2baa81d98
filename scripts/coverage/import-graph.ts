/** Which test files import a source file, through however many others, and through how many. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { forNode } from "../bundles.ts";

export interface Importer {
  readonly test: string;
  /** The number of imports from the test to the file: 1 if the test itself imports it. */
  readonly distance: number;
  /** Changes when the test or a file that it imports changes. */
  readonly key: string;
}

/** Paths are relative to the repository. The nearest tests come first; of tests at one distance, those that import the fewest files. */
export async function testsThatImport(file: string, tests: readonly string[]): Promise<readonly Importer[]> {
  const { metafile } = await build({
    ...forNode,
    entryPoints: [...tests],
    outdir: "unused",
    format: "esm",
    splitting: true,
    packages: "external",
    metafile: true,
    write: false,
  });
  const imports = new Map(
    Object.entries(metafile.inputs).map(([path, one]) => [
      path,
      one.imports.filter(({ external }) => external !== true).map(({ path: other }) => other),
    ]),
  );
  const known = new Map<string, string>();
  const contentKey = (path: string): string => {
    const key = known.get(path) ?? createHash("sha256").update(readFileSync(path)).digest("hex");
    known.set(path, key);
    return key;
  };
  const found = tests.flatMap((test) => {
    const reached = distances(test, imports);
    const distance = reached.get(file);
    if (distance === undefined) return [];
    const key = createHash("sha256");
    for (const path of [...reached.keys()].sort()) key.update(`${path} ${contentKey(path)}\n`);
    return [{ test, distance, imported: reached.size, key: key.digest("hex") }];
  });
  return found.sort((a, b) => before(a) - before(b));
}

function distances(
  from: string,
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const reached = new Map([[from, 0]]);
  for (const [path, distance] of reached)
    for (const next of imports.get(path) ?? []) reached.set(next, reached.get(next) ?? distance + 1);
  return reached;
}

/** No test imports a million files. */
function before({ distance, imported }: { readonly distance: number; readonly imported: number }): number {
  return distance * 1_000_000 + imported;
}
