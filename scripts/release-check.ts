/**
 * Before a release: the tag, package.json and the changelog must name one version, the changelog must say something about it, and
 * package.json must name the repository that publishes it, since npm refuses provenance from any other.
 * usage: node --import tsx scripts/release-check.ts vX.Y.Z [FOLDER]     GITHUB_REPOSITORY, which every workflow has, is OWNER/NAME
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { REPOSITORY } from "./bundles.ts";
import { repositoryOf } from "./repository-of.ts";

const MANIFEST = z.object({
  version: z.string(),
  repository: z
    .union([z.string(), z.object({ url: z.string() })])
    .nullable()
    .default(null),
});
const LOCK = z.object({ version: z.string() });

const [tag = "", folder = REPOSITORY] = process.argv.slice(2);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const { version, repository } = MANIFEST.parse(JSON.parse(read("package.json")));
const { version: locked } = LOCK.parse(JSON.parse(read("package-lock.json")));

const problems = [...problemsOfVersion(), ...problemsOfChangelog(), ...problemsOfHome()];
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);
process.stdout.write(`${version} may be released\n`);

function problemsOfVersion(): readonly string[] {
  return [
    ...(tag === `v${version}`
      ? []
      : [`the tag is ${tag === "" ? "missing" : tag}, package.json says ${version}: expected v${version}`]),
    ...(locked === version
      ? []
      : [`package-lock.json says ${locked}, package.json ${version}: npm install --package-lock-only`]),
  ];
}

function problemsOfChangelog(): readonly string[] {
  const sections = read("CHANGELOG.md").split(/^## /m).slice(1);
  const section = sections.find((text) =>
    [`${version} `, `${version}\n`, `[${version}]`].some((begin) => text.startsWith(begin)),
  );
  if (section === undefined) return [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD"`];
  return [
    ...(/^.*\d{4}-\d{2}-\d{2}/.test(section) ? [] : [`CHANGELOG.md gives ${version} no date`]),
    ...(/^- /m.test(section) ? [] : [`CHANGELOG.md says nothing of ${version}`]),
  ];
}

function problemsOfHome(): readonly string[] {
  const home = repositoryOf(repository);
  const here = process.env["GITHUB_REPOSITORY"] ?? null;
  if (home !== null && (here === null || home === here)) return [];
  return [
    `package.json's "repository" names ${home ?? "none on GitHub"}, and npm takes provenance only from the one it names: ` +
      `npm pkg set repository.type=git repository.url=git+https://github.com/${here ?? "OWNER/NAME"}.git`,
  ];
}
