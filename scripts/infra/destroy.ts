/** `make destroy`: removes what was deployed, after a plan and a question. On the local target it leaves nothing. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import { approve } from "./approve.ts";
import { failure } from "./explain-failure.ts";
import { meantDeployment } from "./given-variables.ts";
import { stopServices } from "./local-services.ts";
import { planChanges, prepare, type Prepared } from "./prepare.ts";
import { deploymentInState, refuseOtherDeployment } from "./same-deployment.ts";
import type { Settings } from "./settings.ts";
import { plannedNames } from "./planned-names.ts";
import { sweep, sweptText } from "./sweep.ts";
import { parsePlan, parseState } from "./terraform-json.ts";
import { stateFile } from "./workspace.ts";

export async function destroy(settings: Settings, machine: Machine): Promise<ExitCode> {
  const { target, folder, keepServices } = settings;
  const local = target === "local";
  if (!local || hasResources(folder)) await destroyDeployed(settings, machine);
  // Tests keep the services to check what is left in them, and then destroy again.
  if (!local || keepServices) return EXIT.pass;
  const stopped = await stopServices(folder);
  const there = existsSync(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  machine.stderr.write(
    there || stopped.length > 0
      ? `Stopped ${stopped.length === 0 ? "nothing" : stopped.join(", ")}; removed ${folder}\n`
      : "There was nothing to destroy.\n",
  );
  return EXIT.pass;
}

async function destroyDeployed(settings: Settings, machine: Machine): Promise<void> {
  const prepared = await prepare(settings);
  const there = await deploymentInState(prepared.workspace);
  const meant = meantDeployment(settings);
  // On the local target everything is removed. An AWS account may have several deployments, so only the one that the user means is removed.
  if (settings.target === "aws") refuseOtherDeployment(there, meant, settings);
  const name = there?.name ?? meant.name;
  const region = there?.region ?? meant.region;
  const deployed = { ...settings, name, region };
  if (!(await planned(deployed, prepared))) return;
  const question = `Destroy what is deployed on ${settings.target}?`;
  await approve(settings, machine, { command: "make destroy", question, undone: "changed" });
  const { stdout } = await prepared.workspace.ask("show", "-json", planFile(settings));
  const destroyed = plannedNames(parsePlan(stdout), "delete");
  const applied = await apply(deployed, prepared);
  if (applied.code !== 0)
    throw failure(`Destroying ended with ${applied.code}; the same command continues from there.`, applied);
  if (region === null) return;
  machine.stderr.write(sweptText(await sweep({ name, region, running: prepared.running, destroyed })));
}

const planFile = ({ folder }: Settings): string => join(folder, "terraform", "destroy-plan");

const planned = (settings: Settings, prepared: Prepared): Promise<boolean> =>
  planChanges(settings, prepared, { file: planFile(settings), destroy: true });

const apply = (settings: Settings, { workspace }: Prepared) =>
  workspace.show("apply", "-input=false", planFile(settings));

/** Whether the state contains resources. Also false if the state cannot be read. */
function hasResources(folder: string): boolean {
  try {
    return parseState(readFileSync(stateFile(folder), "utf8")).resources.length > 0;
  } catch {
    return false;
  }
}
