/** Bundles tests with mutants planted into the sources. Returns what starts a process with these tests. */
import { join, relative } from "node:path";
import { packageRoot } from "../../harness/src/adapters/node/assets.ts";
import { groupBy } from "../../harness/src/base/group-by.ts";
import { bundledPath, bundleTests } from "../bundle-tests.ts";
import type { NumberedMutant } from "./mutant.ts";
import { plantMutants } from "./plant-mutants.ts";
import { TestWorker } from "./test-worker.ts";
import type { StartWorker } from "./try-mutants.ts";

const PROGRAM = join("scripts", "mutants", "test-process.ts");

/** Paths are relative to the root of the repository. `required` are loaded before the tests, as mocha's `--require` does. */
export interface TestFiles {
  readonly required: readonly string[];
  readonly tests: readonly string[];
}

/** The caller removes the bundles (`removeBundles`). */
export async function bundleWithMutants(
  { required, tests }: TestFiles,
  mutants: readonly NumberedMutant[],
): Promise<StartWorker> {
  const byFile = groupBy(mutants, ({ file }) => file);
  await bundleTests([PROGRAM, ...required, ...tests], (path, text) =>
    plantMutants(text, byFile.get(relative(packageRoot(), path)) ?? []),
  );
  const files = [...required, ...tests].map(bundledPath);
  return (mutant, limit) =>
    new TestWorker(
      { program: bundledPath(PROGRAM), arguments: [String(mutant), String(required.length), ...files] },
      limit,
    );
}
