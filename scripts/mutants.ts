/**
 * Plants small faults into the sources of a room and prints which of them no test finds. The faults are planted into a bundle, so no file of
 * the working tree changes.
 */
import { availableParallelism } from "node:os";
import { argv, exit, stderr, stdout } from "node:process";
import { describeMutant } from "./mutants/mutant.ts";
import { parseMutantOptions } from "./mutants/options.ts";
import { reportOf } from "./mutants/report.ts";
import { removeBundles } from "./bundle-tests.ts";
import { mutantsOfRooms, testFilesOf } from "./mutants/rooms.ts";
import { sample } from "./mutants/sample.ts";
import { bundleWithMutants } from "./mutants/test-bundle.ts";
import { LIMIT, runBaseline, tryMutants } from "./mutants/try-mutants.ts";

const options = parseMutantOptions(argv.slice(2));
if ("problems" in options) {
  for (const line of options.problems) stderr.write(`${line}\n`);
  exit(64);
}
const { rooms, seed } = options;
const { mutants, equivalent, unknown } = mutantsOfRooms(rooms);
for (const one of unknown)
  stderr.write(
    `scripts/mutants/equivalent.jsonl: ${one.file} has no such mutant: ${one.code} → ${one.becomes}\n`,
  );
if (unknown.length > 0) exit(1);
const drawn = sample(mutants, options.sample, seed).map((one, index) => ({ ...one, number: index + 1 }));

try {
  exit(await tryThem());
} finally {
  removeBundles();
}

/** Returns the exit code. */
async function tryThem(): Promise<number> {
  const start = await bundleWithMutants(testFilesOf(rooms), drawn);
  const begun = performance.now();
  const seconds = (): number => Math.round((performance.now() - begun) / 1000);
  const baseline = await runBaseline(start);
  if (baseline.problem !== null) {
    stderr.write(`The tests do not run without a fault: ${baseline.problem}\n`);
    return 1;
  }
  stderr.write(`${baseline.times.size} tests pass without a fault (${seconds()} s)\n`);
  for (const title of baseline.leftOut)
    stderr.write(`left out, because it fails with few random cases: ${title}\n`);
  let count = 0;
  const done = await tryMutants({
    mutants: drawn,
    baseline,
    start,
    workers: availableParallelism(),
    limit: LIMIT,
    tried: ({ mutant, foundBy }) => {
      count += 1;
      if (foundBy === null) stderr.write(`${mutant.file}:${mutant.line}: ${describeMutant(mutant)}\n`);
      if (count % 20 === 0) stderr.write(`${count} of ${drawn.length} (${seconds()} s)\n`);
    },
  });
  const { text, isEnough } = reportOf(done, { of: mutants.length, equivalent, seed });
  stdout.write(text);
  return isEnough ? 0 : 1;
}
