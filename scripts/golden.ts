// Checks that the judgement stays the same: a commit and the working tree judge the same evidence. With
// --pack it adds the evidence of a run to the recorded runs in harness/test/golden/runs instead.
import { join } from "node:path";
import { commitNamed } from "./golden/build-commit.ts";
import { compareCommit } from "./golden/compare-commit.ts";
import { HELP, parseOptions, type Options } from "./golden/options.ts";
import { packRun } from "./golden/pack-run.ts";

const root = join(import.meta.dirname, "..");
const progress = (line: string): void => void process.stderr.write(`${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  let given: Options;
  try {
    given = parseOptions();
  } catch (error) {
    return wrong([error instanceof Error ? error.message : String(error)]);
  }
  const { values } = given;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.pack !== undefined || values.name !== undefined) return pack(values.pack, values.name);
  try {
    return await compare(given);
  } catch (error) {
    progress(error instanceof Error ? error.message : String(error));
    return 69;
  }
}

async function compare({ values, positionals }: Options): Promise<number> {
  const [name] = positionals;
  const commit = name === undefined ? null : commitNamed(root, name);
  const problems = [
    ...(positionals.length === 1 ? [] : ["expected one commit"]),
    ...(name === undefined || commit !== null ? [] : [`${name}: expected a commit that git knows`]),
    ...(["seeds", "long-seeds", "jobs", "shown"] as const)
      .filter((flag) => !/^\d{1,6}$/.test(values[flag]))
      .map((flag) => `--${flag} ${values[flag]}: expected a whole number`),
    ...(["duration", "interval"] as const)
      .filter((flag) => !/^\d+(\.\d+)?(ms|s|m|h)$/.test(values[flag]))
      .map((flag) => `--${flag} ${values[flag]}: expected a length such as 500ms or 20s`),
  ];
  if (problems.length > 0 || commit === null) return wrong(problems);
  const { equal, report } = await compareCommit({
    root,
    commit,
    cache: values.cache,
    functions: values.functions.split(","),
    platforms: values.platforms.split(","),
    seeds: Number(values.seeds),
    duration: values.duration,
    interval: values.interval,
    longSeeds: Number(values["long-seeds"]),
    jobs: Number(values.jobs),
    shownMax: Number(values.shown),
    progress,
  });
  process.stdout.write(report);
  return equal ? 0 : 1;
}

function pack(run: string | undefined, name: string | undefined): number {
  if (run === undefined || name === undefined) return wrong(["--pack and --name belong together"]);
  if (!/^[a-z0-9-]+$/.test(name))
    return wrong([`--name ${name}: expected lower-case letters, digits and hyphens`]);
  const problems = packRun(run, name);
  problems.forEach(progress);
  return problems.length === 0 ? 0 : 1;
}

function wrong(problems: readonly string[]): number {
  problems.forEach(progress);
  progress("node --import tsx scripts/golden.ts --help shows the arguments");
  return 64;
}
