/**
 * Checks whether a tag may be released. GITHUB_REPOSITORY (OWNER/NAME) is the repository from which the release is published; every GitHub
 * workflow sets it.
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
