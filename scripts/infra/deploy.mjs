/** `make plan` and `make deploy`: services, a saved plan, a question, and that very plan applied. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { confirm } from "./confirm.mjs";
import { explainFailure } from "./explain-failure.mjs";
import { refuseGivingUp } from "./given-up.mjs";
import { meantDeployment } from "./given-variables.mjs";
import { startServices } from "./local-services.mjs";
import { Problem } from "./problem.mjs";
import { deploymentInState, refuseOtherDeployment } from "./same-deployment.mjs";
import { refuseTakenNames } from "./taken-names.mjs";
import { requireTerraform } from "./terraform-tool.mjs";
import { terraformVariables } from "./terraform-variables.mjs";
import { openWorkspace } from "./workspace.mjs";

const CHANGES = 2;

export async function plan(settings) {
  const { changes, planFile } = await makePlan(settings);
  process.stderr.write(
    changes
      ? `\nThe plan is in ${planFile}; apply it with: make deploy TARGET=${settings.target} PLAN=${planFile}\n`
      : "\nNothing to change.\n",
  );
}

export async function deploy(settings) {
  const made = settings.savedPlan === null ? await makePlan(settings) : await takePlan(settings);
  if (made.changes) {
    await confirm("Apply this plan?", settings);
    const { code, stdout, stderr } = await made.workspace.show(["apply", "-input=false", made.planFile]);
    if (code !== 0) throw brokenOff(settings, code, stdout + stderr);
  }
  process.stderr.write(`\nDeployed. Next: make longrun TARGET=${settings.target}\n`);
}

/** What was just being made may be there and not in the state: the next plan says so, with the way back. Pure. */
export function brokenOff({ target, folder }, code, text) {
  const again = `make deploy TARGET=${target} goes on from there, make destroy TARGET=${target} takes it away.`;
  if (/Interrupt received|signal: interrupt/i.test(text))
    return new Problem(`The apply was interrupted. What was made is in the state: ${again}`, { code: 130 });
  // Killed, it wrote no last state and left its lock.
  if (code > 128)
    return new Problem(
      `The apply was killed (signal ${code - 128}). What it made last may be there without being in the state.`,
      {
        hint: [
          `make deploy TARGET=${target} looks for it by name and says how to take it in.`,
          `If that says that the state is locked: terraform force-unlock ID in ${join(folder, "terraform", "work")}, with the ID that is shown.`,
          "What has no name of its own: docs/deploy.md, after an apply that was killed.",
        ].join("\n"),
      },
    );
  return new Problem(`The apply ended with ${code}. What was made is in the state: ${again}`, {
    hint: explainFailure(text),
  });
}

async function makePlan(settings) {
  refuseMissingPackages(settings);
  const meant = meantDeployment(settings);
  const tool = await requireTerraform(settings.tool);
  const running =
    settings.target === "local"
      ? await startServices({ ...settings, withPeer: settings.peer?.kind === "loopback" })
      : null;
  const workspace = await openWorkspace(settings, tool);
  refuseOtherDeployment(await deploymentInState(workspace), meant, settings);
  writeFileSync(
    join(workspace.work, "terraform.tfvars.json"),
    JSON.stringify(terraformVariables(settings, running), null, 2),
  );
  const planFile = join(settings.folder, "terraform", "plan");
  const extra = settings.variablesFile === null ? [] : [`-var-file=${settings.variablesFile}`];
  const { code, stdout, stderr } = await workspace.show([
    "plan",
    "-input=false",
    "-detailed-exitcode",
    `-out=${planFile}`,
    ...extra,
  ]);
  if (code !== 0 && code !== CHANGES)
    throw new Problem(`The plan ended with ${code}; nothing was changed.`, {
      hint: explainFailure(stdout + stderr),
    });
  const changes = code === CHANGES;
  if (changes) {
    const planned = await readPlan(workspace, planFile);
    refuseGivingUp(planned, settings.remove);
    await refuseTakenNames(planned, workspace, {
      region: meant.region,
      local: running,
      variablesFile: settings.variablesFile,
    });
  }
  return { workspace, planFile, changes };
}

/** A plan that was shown and approved before, in this run of a workflow or by `make plan`. */
async function takePlan(settings) {
  if (!existsSync(settings.savedPlan))
    throw new Problem(`PLAN=${settings.savedPlan} does not exist.`, {
      code: 64,
      hint: `make plan TARGET=${settings.target} makes one.`,
    });
  const tool = await requireTerraform(settings.tool);
  if (settings.target === "local")
    await startServices({ ...settings, withPeer: settings.peer?.kind === "loopback" });
  const workspace = await openWorkspace(settings, tool);
  await workspace.show(["show", settings.savedPlan]);
  refuseGivingUp(await readPlan(workspace, settings.savedPlan), settings.remove);
  return { workspace, planFile: settings.savedPlan, changes: true };
}

async function readPlan(workspace, planFile) {
  const { code, stdout, stderr } = await workspace.ask(["show", "-json", planFile]);
  if (code !== 0)
    throw new Problem(`The plan cannot be read; nothing was changed.\n${stderr.trimEnd()}`, {
      hint: explainFailure(stderr),
    });
  return JSON.parse(stdout);
}

function refuseMissingPackages({ root, designs, given }) {
  // VARS may name packages of its own; the composition looks at those.
  if (given.includes("functions")) return;
  const built = join(root, "dist", "functions");
  const there = existsSync(built)
    ? readdirSync(built)
        .filter((name) => name.endsWith(".zip"))
        .map((name) => name.replace(/\.zip$/, ""))
        .sort()
    : [];
  const missing = designs.filter((label) => !there.includes(label));
  if (missing.length > 0)
    throw new Problem(`There is no deployment package of ${missing.join(", ")} in ${built}.`, {
      code: there.length === 0 ? 69 : 64,
      hint:
        there.length === 0
          ? "make build builds the shipped designs; DESIGNS names those that are deployed."
          : `DESIGNS must name some of these: ${there.join(", ")}.`,
    });
}
