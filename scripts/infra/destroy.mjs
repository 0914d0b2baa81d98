/** `make destroy`: what was deployed goes, after a plan and a question; of the local target nothing is left at all. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { confirm } from "./confirm.mjs";
import { explainFailure } from "./explain-failure.mjs";
import { findBackground } from "./background.mjs";
import { meantDeployment } from "./given-variables.mjs";
import { startServices, stopServices } from "./local-services.mjs";
import { Problem } from "./problem.mjs";
import { deploymentInState, refuseOtherDeployment } from "./same-deployment.mjs";
import { requireTerraform } from "./terraform-tool.mjs";
import { terraformVariables } from "./terraform-variables.mjs";
import { openWorkspace, stateFile } from "./workspace.mjs";

export async function destroy(settings) {
  const local = settings.target === "local";
  if (!local || hasResources(settings.folder)) await destroyDeployed(settings);
  // A look at what the services still hold needs them alive: tests look, then destroy again.
  if (!local || settings.keepServices) return;
  const stopped = await stopServices(settings.folder);
  const there = existsSync(settings.folder);
  rmSync(settings.folder, { recursive: true, force: true, maxRetries: 5 });
  process.stderr.write(
    there || stopped.length > 0
      ? `Stopped ${stopped.join(", ") || "nothing"}; removed ${settings.folder}\n`
      : "There was nothing to destroy.\n",
  );
}

async function destroyDeployed(settings) {
  const meant = meantDeployment(settings);
  const tool = await requireTerraform(settings.tool);
  const running =
    settings.target === "local"
      ? await startServices({
          ...settings,
          withPeer:
            findBackground(join(settings.folder, "services", "peer.json")) !== null ||
            settings.peer?.kind === "loopback",
        })
      : null;
  const workspace = await openWorkspace(settings, tool);
  const there = await deploymentInState(workspace);
  // Of the local target everything goes, whatever it is called; an account may hold several.
  if (settings.target === "aws") refuseOtherDeployment(there, meant, settings);
  const { name, region } = { ...meant, ...known(there) };
  writeFileSync(
    join(workspace.work, "terraform.tfvars.json"),
    JSON.stringify(terraformVariables({ ...settings, name, region }, running), null, 2),
  );
  await planAndApply(settings, workspace, settings.target === "local");
}

function known(there) {
  return Object.fromEntries(Object.entries(there ?? {}).filter(([, value]) => value !== null));
}

async function planAndApply(settings, workspace, again) {
  const planFile = join(settings.folder, "terraform", "destroy-plan");
  const extra = settings.variablesFile === null ? [] : [`-var-file=${settings.variablesFile}`];
  const planned = await workspace.show([
    "plan",
    "-destroy",
    "-input=false",
    "-detailed-exitcode",
    `-out=${planFile}`,
    ...extra,
  ]);
  if (planned.code === 0) return;
  if (planned.code !== 2)
    throw new Problem(`The plan to destroy ended with ${planned.code}; nothing was changed.`, {
      hint: explainFailure(planned.stdout + planned.stderr),
    });
  await confirm(`Destroy what is deployed on ${settings.target}?`, settings);
  const applied = await workspace.show(["apply", "-input=false", planFile]);
  // moto refuses a repeated DeleteVpcEndpoints, which AWS does not; by the next plan the endpoint is gone.
  if (applied.code !== 0 && again && applied.stderr.includes("InvalidRoute.NotFound"))
    return planAndApply({ ...settings, autoApprove: true }, workspace, false);
  if (applied.code !== 0)
    throw new Problem(`Destroying ended with ${applied.code}; the same command goes on from there.`, {
      hint: explainFailure(applied.stdout + applied.stderr),
    });
}

function hasResources(folder) {
  try {
    return JSON.parse(readFileSync(stateFile(folder), "utf8")).resources.length > 0;
  } catch {
    return false;
  }
}
