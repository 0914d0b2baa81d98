/** What is deployed, by Terraform's outputs; 69 when nothing is. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startServices } from "./local-services.mjs";
import { Problem } from "./problem.mjs";
import { requireTerraform } from "./terraform-tool.mjs";
import { openWorkspace, stateFile } from "./workspace.mjs";

export async function readDeployed(settings) {
  const local = settings.target === "local";
  const remote = settings.state !== null || existsSync(join(settings.root, "infra", "backend_override.tf"));
  const nothing = new Problem(`Nothing is deployed on ${settings.target}.`, {
    hint: `make deploy TARGET=${settings.target}`,
  });
  if (!existsSync(stateFile(settings.folder)) && (local || !remote)) throw nothing;
  const tool = await requireTerraform(settings.tool);
  const workspace = await openWorkspace(settings, tool);
  const { code, stdout, stderr } = await workspace.ask(["output", "-json"]);
  if (code !== 0) throw new Problem(`The outputs cannot be read.\n${stderr.trimEnd()}`);
  const outputs = JSON.parse(stdout);
  const functions = outputs.functions?.value ?? {};
  if (Object.keys(functions).length === 0) throw nothing;
  // After a restart of the machine the engine knows its functions from its folder; a soak needs nothing of moto's.
  const withPeer = Object.values(functions).some((one) => one.peer.startsWith("127.0.0.1:"));
  const running = local ? await startServices({ ...settings, withPeer, withMoto: false }) : null;
  return {
    region: outputs.region.value,
    endpoint: running?.engine ?? null,
    functions,
    runner: outputs.runner?.value ?? null,
  };
}
