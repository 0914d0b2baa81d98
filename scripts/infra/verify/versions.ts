/** The row `provider-6`: with which Terraform (or OpenTofu) and which provider a verification deployed. */
import { z } from "zod";
import { invariant } from "../../../harness/src/base/invariant.ts";
import { prepare } from "../prepare.ts";
import type { Settings } from "../settings.ts";
import { requireTerraform, type TerraformTool } from "../terraform-tool.ts";
import { notReached, type ProbeResult } from "./probe.ts";

/** The tests of this repository run with these versions. */
const TRIED = { tool: "1.11.4", provider: "5.100.0" };
const VERSIONS = z.object({ provider_selections: z.record(z.string(), z.string()).default({}) });

export interface Versions extends Pick<TerraformTool, "isTofu"> {
  readonly tool: string;
  readonly provider: string;
}

export async function versionsOf(settings: Settings): Promise<Versions> {
  const { isTofu, version: tool } = await requireTerraform(settings.tool);
  const { workspace } = await prepare(settings);
  const { stdout } = await workspace.ask("version", "-json");
  const { provider_selections: selections } = VERSIONS.parse(JSON.parse(stdout));
  const provider = Object.entries(selections).find(([address]) => address.endsWith("/hashicorp/aws"))?.[1];
  invariant(provider !== undefined, "the work folder was initialised with the AWS provider");
  return { isTofu, tool, provider };
}

/** Returns the result of the deployment if its versions were never tried before. Otherwise the row is not reached. */
export function versionsSeen(versions: Versions, deployed: ProbeResult): ProbeResult {
  const { isTofu, tool, provider } = versions;
  const text = `${isTofu ? "OpenTofu" : "Terraform"} ${tool} with provider ${provider}`;
  const tried = !isTofu && tool === TRIED.tool && provider === TRIED.provider;
  return tried
    ? notReached(`This was ${text}, as in the tests. TF=tofu deploys with OpenTofu and the newest provider.`)
    : { ...deployed, text: `${text}: ${deployed.text}` };
}
