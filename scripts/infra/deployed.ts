import { existsSync } from "node:fs";
import { join } from "node:path";
import { notAvailable } from "../../harness/src/base/errors.ts";
import { parseOutputs, type Outputs } from "../../harness/src/settings/deployed.ts";
import { startEngine, startPeer } from "./local-services.ts";
import type { Settings } from "./settings.ts";
import { requireTerraform } from "./terraform-tool.ts";
import { openWorkspace, stateFile } from "./workspace.ts";

export interface DeployedStack extends Pick<
  Outputs,
  "region" | "architecture" | "functions" | "runner" | "image_repository"
> {
  /** The local engine. Null on AWS. */
  readonly endpoint: string | null;
}

/** Throws `unavailable` if nothing is deployed. */
export async function readDeployed(settings: Settings): Promise<DeployedStack> {
  const deployed = await findDeployed(settings);
  if (deployed === null)
    throw notAvailable(`Nothing is deployed on ${settings.target}.`, {
      hint: `make deploy TARGET=${settings.target}`,
    });
  return deployed;
}

/** Null if nothing is deployed. */
export async function findDeployed(settings: Settings): Promise<DeployedStack | null> {
  const local = settings.target === "local";
  const remote = settings.state !== null || existsSync(join(settings.root, "infra", "backend_override.tf"));
  if (!existsSync(stateFile(settings.folder)) && (local || !remote)) return null;
  const workspace = await openWorkspace(settings, await requireTerraform(settings.tool));
  const { code, stdout, stderr } = await workspace.ask("output", "-json");
  if (code !== 0) throw notAvailable(`The outputs cannot be read.\n${stderr.trimEnd()}`);
  const read = parseOutputs(stdout);
  if (!read.ok) {
    if (read.nothingDeployed) return null;
    throw notAvailable(`The outputs cannot be read: expected ${read.expected}.`);
  }
  const { functions } = read.outputs;
  const deployed = { ...read.outputs, endpoint: null };
  if (!local) return deployed;
  // A restart of the machine ends peer and engine, so they are started here if they do not run. The engine still has its functions, because
  // it keeps them in its folder. moto is not started, because a soak does not need it.
  if (Object.values(functions).some(({ peer }) => peer?.startsWith("127.0.0.1:") === true))
    await startPeer(settings);
  return { ...deployed, endpoint: await startEngine(settings) };
}
