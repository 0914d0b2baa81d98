/**
 * Where Terraform works: a copy of infra/ beside its state, so that a run writes nothing into the checkout, two targets
 * never share a folder, and OpenTofu may write its own lock file.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./command.mjs";
import { explainFailure } from "./explain-failure.mjs";
import { withoutAccount } from "./local-services.mjs";
import { Problem } from "./problem.mjs";
import { knownMirror, searchMirror } from "./provider-mirror.mjs";

const BACKEND_OVERRIDE = "backend_override.tf";
const NOT_COPIED = /^(\.terraform|.*\.tfstate(\..*)?|tests)$/;

export function stateFile(folder) {
  return join(folder, "terraform", "terraform.tfstate");
}

/**
 * @param {ReturnType<import("./settings.mjs").readSettings>} settings
 * @param {{ program: string, isTofu: boolean }} tool
 */
export async function openWorkspace(settings, tool) {
  const source = join(settings.root, "infra");
  const work = join(settings.folder, "terraform", "work");
  mkdirSync(work, { recursive: true });
  writeFileSync(join(settings.folder, ".gitignore"), "*\n");
  if (settings.target === "aws") refuseUnwrittenState(work, tool);
  if (settings.target === "aws") chooseBackend(source, settings);
  for (const name of readdirSync(work))
    if (name !== ".terraform") rmSync(join(work, name), { recursive: true });
  cpSync(source, work, {
    recursive: true,
    filter: (path) =>
      path === source ||
      (!NOT_COPIED.test(basename(path)) &&
        (settings.target === "aws" || basename(path) !== BACKEND_OVERRIDE)),
  });
  const remote = existsSync(join(work, BACKEND_OVERRIDE));
  // Terraform's lock names its own registry; OpenTofu keeps entries under another one.
  if (tool.isTofu) rmSync(join(work, ".terraform.lock.hcl"), { force: true });
  const environment = {
    ...(settings.target === "local" ? withoutAccount(process.env) : process.env),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  };
  delete environment.TF_CLI_CONFIG_FILE;
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? [] : ["-no-color"];
  const init = [
    "init",
    "-input=false",
    "-no-color",
    "-reconfigure",
    ...(tool.isTofu ? [] : ["-lockfile=readonly"]),
    ...(remote ? [] : [`-backend-config=path=${stateFile(settings.folder)}`]),
  ];
  const env = await initialise(tool, init, work, environment);
  return {
    work,
    program: tool.program,
    /** Runs a verb and shows it. */
    show: ([verb, ...args]) => run(tool.program, [verb, ...colour, ...args], { cwd: work, env, show: true }),
    /** Runs a verb for its output. */
    ask: (args) => run(tool.program, args, { cwd: work, env }),
  };
}

/** Terraform leaves it where the backend did not take the last state: it is the only record of what was made. */
function refuseUnwrittenState(work, { program }) {
  const file = join(work, "errored.tfstate");
  if (existsSync(file))
    throw new Problem(`The last apply could not write its state; what it made is in ${file} alone.`, {
      hint: `In ${work}: ${program} state push errored.tfstate, then remove that file and go on.`,
    });
}

/** `init` with the registry, else with a mirror on this machine. @returns the environment in which the tool finds its provider. */
export async function initialise(tool, init, work, environment) {
  const attempt = (file) => {
    const env = { ...environment, ...(file === null ? {} : { TF_CLI_CONFIG_FILE: file }) };
    return run(tool.program, init, { cwd: work, env }).then((ended) => ({ ended, env }));
  };
  let { ended, env } = await attempt(knownMirror());
  if (ended.code !== 0 && /Failed to (query available|install) provider/i.test(ended.stdout + ended.stderr)) {
    const mirror = await searchMirror();
    if (mirror !== null) ({ ended, env } = await attempt(mirror));
  }
  if (ended.code !== 0)
    throw new Problem(`${tool.program} init failed.\n${ended.stdout}${ended.stderr}`.trimEnd(), {
      hint: explainFailure(ended.stdout + ended.stderr),
    });
  return env;
}

/** S3 with its own lock, in a file that Git ignores, so that `terraform` by hand finds the same state. */
function chooseBackend(source, { state, region }) {
  if (state === null) return;
  writeFileSync(
    join(source, BACKEND_OVERRIDE),
    `# Written by make (STATE=s3://${state.bucket}/${state.key}); ignored by Git. Needs Terraform 1.11 or OpenTofu 1.10.\nterraform {\n  backend "s3" {\n    bucket       = ${JSON.stringify(state.bucket)}\n    key          = ${JSON.stringify(state.key)}\n    region       = ${JSON.stringify(region)}\n    encrypt      = true\n    use_lockfile = true\n  }\n}\n`,
  );
}
