// Before a release: the tag, package.json and the changelog must name one version, and the changelog must say something of it.
// usage: node scripts/release-check.mjs vX.Y.Z [FOLDER]
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [tag = "", folder = dirname(dirname(fileURLToPath(import.meta.url)))] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), "utf8");
const { version } = JSON.parse(read("package.json"));
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
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);
process.stdout.write(`${version} may be released\n`);
