/**
 * Terraform works in a copy of infra/. So a run writes only backend_override.tf into the original infra/, two targets never share a folder,
 * and OpenTofu may write its own lock file.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { notAvailable } from "../../harness/src/base/errors.ts";
import { run, type Ended } from "./command.ts";
import { failure } from "./explain-failure.ts";
import { knownMirror, searchMirror } from "./provider-mirror.ts";
import type { Settings } from "./settings.ts";
import type { TerraformTool } from "./terraform-tool.ts";
import { withoutAccount } from "./without-account.ts";
import type { EnvironmentVariables } from "../../harness/src/base/environment-variables.ts";

const BACKEND_OVERRIDE = "backend_override.tf";
const NOT_COPIED = /^(?:\.terraform|tests)$|\.tfstate(?:\.|$)/;

export interface Workspace {
  readonly work: string;
  readonly program: string;
  show(verb: string, ...args: readonly string[]): Promise<Ended>;
  /** Returns the output without showing it. */
  ask(verb: string, ...args: readonly string[]): Promise<Ended>;
}

export function stateFile(folder: string): string {
  return join(folder, "terraform", "terraform.tfstate");
}

export async function openWorkspace(
  settings: Pick<
    Settings,
    "root" | "folder" | "target" | "state" | "stateKey" | "region" | "stateInFolder" | "credentials"
  >,
  tool: TerraformTool,
): Promise<Workspace> {
  const source = join(settings.root, "infra");
  const work = join(settings.folder, "terraform", "work");
  mkdirSync(work, { recursive: true });
  writeFileSync(join(settings.folder, ".gitignore"), "*\n");
  if (settings.target === "aws") {
    refuseUnwrittenState(work, tool);
    chooseBackend(source, settings);
  }
  for (const name of readdirSync(work))
    if (name !== ".terraform") rmSync(join(work, name), { recursive: true });
  cpSync(source, work, {
    recursive: true,
    filter: (path) =>
      path === source ||
      (!NOT_COPIED.test(basename(path)) &&
        ((settings.target === "aws" && settings.stateInFolder !== true) ||
          basename(path) !== BACKEND_OVERRIDE)),
  });
  const remote = existsSync(join(work, BACKEND_OVERRIDE));
  const environment = settings.target === "local" ? withoutAccount(process.env) : process.env;
  const init = ["-reconfigure", ...(remote ? [] : [`-backend-config=path=${stateFile(settings.folder)}`])];
  const env = await initialise(tool, init, work, {
    ...environment,
    ...settings.credentials,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: undefined,
  });
  const colour = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "" ? [] : ["-no-color"];
  return {
    work,
    program: tool.program,
    show: (verb, ...args) =>
      run(tool.program, [verb, ...colour, ...args], { cwd: work, env, stdout: "show", stderr: "show" }),
    ask: (verb, ...args) => run(tool.program, [verb, ...args], { cwd: work, env }),
  };
}

/** Terraform leaves errored.tfstate if the backend did not accept the last state. It is then the only record of what was made. */
function refuseUnwrittenState(work: string, { program }: TerraformTool): void {
  const file = join(work, "errored.tfstate");
  if (existsSync(file))
    throw notAvailable(
      `The last apply could not write its state; the only record of what it made is ${file}.`,
      { hint: `In ${work}: ${program} state push errored.tfstate, then remove that file and go on.` },
    );
}

/**
 * Runs `init` with the provider from the registry, or else from a mirror on this machine, and with the versions in Terraform's lock file.
 * Returns the environment variables with which Terraform or OpenTofu finds its provider.
 */
export async function initialise(
  tool: TerraformTool,
  options: readonly string[],
  work: string,
  environment: EnvironmentVariables,
): Promise<EnvironmentVariables> {
  const lock = join(work, ".terraform.lock.hcl");
  // Terraform's lock file has entries for Terraform's registry; OpenTofu uses another registry.
  if (tool.isTofu) rmSync(lock, { force: true });
  const init = ["init", "-input=false", "-no-color", ...(existsSync(lock) ? ["-lockfile=readonly"] : [])];
  const attempt = async (file: string | null) => {
    const env = { ...environment, ...(file === null ? {} : { TF_CLI_CONFIG_FILE: file }) };
    return { ended: await run(tool.program, [...init, ...options], { cwd: work, env }), env };
  };
  let { ended, env } = await attempt(knownMirror(process.env));
  if (ended.code !== 0 && /Failed to (query available|install) provider/i.test(ended.stdout + ended.stderr)) {
    const mirror = await searchMirror(process.env);
    if (mirror !== null) ({ ended, env } = await attempt(mirror));
  }
  if (ended.code !== 0)
    throw failure(`${tool.program} init failed.\n${ended.stdout}${ended.stderr}`.trimEnd(), ended);
  return env;
}

/**
 * Writes infra/backend_override.tf, which Git ignores, if STATE is given. With this file, a user who starts `terraform` in infra/ gets the
 * same state.
 */
function chooseBackend(
  source: string,
  { state, stateKey, region }: Pick<Settings, "state" | "stateKey" | "region">,
): void {
  if (state !== null) writeFileSync(join(source, BACKEND_OVERRIDE), backendOverride(state, stateKey, region));
}

/** Returns the Terraform of a state in S3. `stateKey` is the KMS key that encrypts it; null for the bucket's default. */
export function backendOverride(
  { bucket, key }: NonNullable<Settings["state"]>,
  stateKey: Settings["stateKey"],
  region: Settings["region"],
): string {
  return `# Written by make (STATE=s3://${bucket}/${key}); ignored by Git. Needs Terraform 1.11 or OpenTofu 1.10.
terraform {
  backend "s3" {
    bucket       = ${JSON.stringify(bucket)}
    key          = ${JSON.stringify(key)}
    region       = ${JSON.stringify(region)}
    encrypt      = true
    use_lockfile = true${stateKey === null ? "" : `\n    kms_key_id   = ${JSON.stringify(stateKey)}`}
  }
}
`;
}
