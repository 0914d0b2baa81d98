// Before a release: the tag, package.json and the changelog must name one version, the changelog must say something of it, and
// package.json must name the repository that publishes it, since npm refuses provenance from any other.
// usage: node scripts/release-check.mjs vX.Y.Z [FOLDER]     GITHUB_REPOSITORY, which every workflow has, is OWNER/NAME
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryOf } from "./repository-of.mjs";

const [tag = "", folder = dirname(dirname(fileURLToPath(import.meta.url)))] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), "utf8");
const manifest = JSON.parse(read("package.json"));
const { version } = manifest;
const here = process.env.GITHUB_REPOSITORY ?? null;
const home = repositoryOf(manifest);
const { version: locked } = JSON.parse(read("package-lock.json"));
const sections = read("CHANGELOG.md").split(/^## /m).slice(1);
const section = sections.find(
  (text) =>
    text.startsWith(`${version} `) || text.startsWith(`${version}\n`) || text.startsWith(`[${version}]`),
);
const problems = [
  ...(tag === `v${version}`
    ? []
    : [`the tag is ${tag || "missing"}, package.json says ${version}: expected v${version}`]),
  ...(locked === version
    ? []
    : [`package-lock.json says ${locked}, package.json ${version}: npm install --package-lock-only`]),
  ...(section === undefined ? [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD"`] : []),
  ...(section !== undefined && !/\d{4}-\d{2}-\d{2}/.test(section.split("\n")[0])
    ? [`CHANGELOG.md gives ${version} no date`]
    : []),
  ...(section !== undefined && !/^- /m.test(section) ? [`CHANGELOG.md says nothing of ${version}`] : []),
  ...(home === null || (here !== null && home !== here)
    ? [
        `package.json's "repository" names ${home ?? "none on GitHub"}, and npm takes provenance only from the one it names: ` +
          `npm pkg set repository.type=git repository.url=git+https://github.com/${here ?? "OWNER/NAME"}.git`,
      ]
    : []),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);
process.stdout.write(`${version} may be released\n`);
