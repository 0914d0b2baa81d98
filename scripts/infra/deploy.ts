/** `make plan` and `make deploy`: saves a plan, asks, and applies exactly that plan. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { LongrunError, notAvailable, wrongInput } from "../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { invariant } from "../../harness/src/base/invariant.ts";
import { approve } from "./approve.ts";
import type { Ended } from "./command.ts";
import { awsRequests } from "./aws-request.ts";
import { explainUnsteady, isUnsteady } from "./explain-unsteady.ts";
import { failure } from "./explain-failure.ts";
import { refuseGivingUp } from "./given-up.ts";
import { refuseFullAccount } from "./refuse-full-account.ts";
import { meantDeployment } from "./given-variables.ts";
import { planChanges, prepare } from "./prepare.ts";
import { deploymentInState, refuseOtherDeployment } from "./same-deployment.ts";
import type { Settings } from "./settings.ts";
import { refuseTakenNames } from "./taken-names.ts";
import { parsePlan, type TerraformPlan } from "./terraform-json.ts";
import type { Workspace } from "./workspace.ts";

interface Planned {
  readonly workspace: Workspace;
  readonly file: string;
  readonly changes: boolean;
}

export async function plan(settings: Settings, machine: Machine): Promise<ExitCode> {
  const { changes, file } = await makePlan(settings, machine);
  machine.stderr.write(
    changes
      ? `\nThe plan is in ${file}; apply it with: make deploy TARGET=${settings.target} PLAN=${file}\n`
      : "\nNothing to change.\n",
  );
  return EXIT.pass;
}

export async function deploy(settings: Settings, machine: Machine): Promise<ExitCode> {
  await planAndApply(settings, machine);
  machine.stderr.write(`\nDeployed. Next: make longrun TARGET=${settings.target}\n`);
  return EXIT.pass;
}

export async function planAndApply(settings: Settings, machine: Machine): Promise<void> {
  const { workspace, file, changes } =
    settings.savedPlan === null
      ? await makePlan(settings, machine)
      : await takePlan(settings, settings.savedPlan, machine);
  if (changes) {
    const question = { command: "make deploy", question: "Apply this plan?", undone: "changed" };
    await approve(settings, machine, question);
    const applied = await workspace.show("apply", "-input=false", file);
    if (applied.code !== 0) throw await explained(settings, applied);
  }
}

/** If a managed peer did not start, the error has the reason that ECS gives. */
export async function explained(settings: Settings, applied: Ended): Promise<LongrunError> {
  const error = applyFailure(settings, applied);
  const { name, region } = meantDeployment(settings);
  if (settings.target !== "aws" || region === null || !isUnsteady(applied.stdout + applied.stderr))
    return error;
  const lines = await awsRequests({ region, endpoint: null })
    .then((requests) => explainUnsteady(requests, { cluster: `${name}-peers`, services: settings.designs }))
    .catch(() => []);
  if (lines.length === 0) return error;
  return new LongrunError(error.code, `${error.message}\n${lines.map((line) => `  ${line}`).join("\n")}`, {
    ...(error.hint === null ? {} : { hint: error.hint }),
    cause: error.cause,
  });
}

/** Says how to continue and how to remove what was made. A resource that was being created may exist without being in the state. */
export function applyFailure(
  { target, folder }: Pick<Settings, "target" | "folder">,
  { code, stdout, stderr }: Ended,
): LongrunError {
  const again = `make deploy TARGET=${target} continues from there, make destroy TARGET=${target} removes it.`;
  if (/Interrupt received|signal: interrupt/i.test(stdout + stderr))
    return new LongrunError(
      "interrupted",
      `The apply was interrupted. What was made is in the state: ${again}`,
    );
  // A killed apply did not write its last state and did not remove its lock.
  if (code > 128)
    return notAvailable(
      `The apply was killed (signal ${code - 128}). What it created last may exist without being in the state.`,
      {
        hint: [
          `make deploy TARGET=${target} looks for it by name and says how to import it.`,
          `If make deploy says that the state is locked: terraform force-unlock ID in ${join(folder, "terraform", "work")}, with the ID that is shown.`,
          "For resources without a name, see docs/deploy.md: After an apply that was killed.",
        ].join("\n"),
      },
    );
  return failure(`The apply ended with ${code}. What was made is in the state: ${again}`, { stdout, stderr });
}

async function makePlan(settings: Settings, { stderr }: Pick<Machine, "stderr">): Promise<Planned> {
  refuseMissingPackages(settings);
  const prepared = await prepare(settings);
  const { workspace, running } = prepared;
  const meant = meantDeployment(settings);
  refuseOtherDeployment(await deploymentInState(workspace), meant, settings);
  const file = join(settings.folder, "terraform", "plan");
  const changes = await planChanges(settings, prepared, { file, destroy: false });
  if (changes) {
    const planned = await readPlan(workspace, file);
    refuseGivingUp(planned, settings.remove);
    const { variablesFile } = settings;
    invariant(meant.region !== null, "a plan has a Region");
    const { region } = meant;
    await refuseTakenNames(planned, { workspace, region, running, variablesFile });
    if (settings.target === "aws") await refuseFullAccount(planned, { region, stderr });
  }
  return { workspace, file, changes };
}

/** Takes a plan that was shown and approved before: earlier in this run of a workflow, or by `make plan`. */
async function takePlan(
  settings: Settings,
  file: string,
  { stderr }: Pick<Machine, "stderr">,
): Promise<Planned> {
  if (!existsSync(file))
    throw wrongInput(`PLAN=${file} does not exist.`, {
      hint: `make plan TARGET=${settings.target} makes one.`,
    });
  const { workspace } = await prepare(settings);
  await workspace.show("show", file);
  const planned = await readPlan(workspace, file);
  refuseGivingUp(planned, settings.remove);
  // Since the plan was made, others may have reserved executions.
  const { region } = meantDeployment(settings);
  if (settings.target === "aws" && region !== null) await refuseFullAccount(planned, { region, stderr });
  return { workspace, file, changes: true };
}

async function readPlan(workspace: Workspace, file: string): Promise<TerraformPlan> {
  const shown = await workspace.ask("show", "-json", file);
  if (shown.code !== 0)
    throw failure(`The plan cannot be read; nothing was changed.\n${shown.stderr.trimEnd()}`, shown);
  return parsePlan(shown.stdout);
}

function refuseMissingPackages({ root, designs, given }: Settings): void {
  // If VARS gives the packages, Terraform checks them.
  if (given.includes("functions")) return;
  const built = join(root, "dist", "functions");
  const there = (existsSync(built) ? readdirSync(built) : [])
    .filter((name) => name.endsWith(".zip"))
    .map((name) => name.replace(/\.zip$/, ""))
    .sort();
  const missing = designs.filter((label) => !there.includes(label));
  if (missing.length === 0) return;
  const message = `There is no deployment package of ${missing.join(", ")} in ${built}.`;
  if (there.length === 0)
    throw notAvailable(message, {
      hint: "make build builds the shipped designs; DESIGNS names those that are deployed.",
    });
  throw wrongInput(message, { hint: `DESIGNS must name some of these: ${there.join(", ")}.` });
}
