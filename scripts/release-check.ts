/**
 * Before a release: prints what is missing (release-problems.ts), or that nothing is missing. GITHUB_REPOSITORY, which every GitHub
 * workflow sets, names the repository that publishes as OWNER/NAME.
 *
 *   node --import tsx scripts/release-check.ts vX.Y.Z [FOLDER]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../harness/src/adapters/node/assets.ts";
import { releaseProblems } from "./release-problems.ts";

const [tag = "", folder = packageRoot()] = process.argv.slice(2);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const { version, problems } = releaseProblems({
  tag,
  manifest: read("package.json"),
  lock: read("package-lock.json"),
  changelog: read("CHANGELOG.md"),
  here: process.env["GITHUB_REPOSITORY"] ?? null,
});
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0) process.stdout.write(`${version} may be released\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
