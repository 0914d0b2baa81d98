/** Terraform or OpenTofu: the program that `TF` names, else the first one that is installed. */
import { isLongrunError, notAvailable } from "../../harness/src/base/errors.ts";
import { run } from "./command.ts";
import { parseVersion } from "./terraform-json.ts";

const LEAST = [1, 9] as const;
const INSTALL =
  "Install Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install/), 1.9 or newer.";

export interface TerraformTool {
  readonly program: string;
  readonly isTofu: boolean;
  readonly version: string;
}

/** `make` exports TF even if the user did not give it, so `wanted` may be empty. Null if there is no program. */
export async function findTerraform(wanted: string | null): Promise<TerraformTool | null> {
  for (const program of wanted === null || wanted === "" ? ["terraform", "tofu"] : [wanted]) {
    const found = await look(program);
    if (found !== null) return found;
  }
  return null;
}

export async function requireTerraform(wanted: string | null): Promise<TerraformTool> {
  const found = await findTerraform(wanted);
  if (found === null) {
    const missing =
      wanted === null || wanted === ""
        ? "Neither terraform nor tofu is on the PATH."
        : `${wanted} is not on the PATH.`;
    throw notAvailable(missing, { hint: INSTALL });
  }
  const [major = 0, minor = 0] = found.version.split(".").map(Number);
  if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1]))
    throw notAvailable(`${found.program} is ${found.version}; ${LEAST.join(".")} or newer is needed.`);
  return found;
}

async function look(program: string): Promise<TerraformTool | null> {
  try {
    const { code, stdout } = await run(program, ["version", "-json"]);
    if (code !== 0) return null;
    const version = parseVersion(stdout);
    // The JSON output of OpenTofu has Terraform's name. Only the text output shows which of the two programs it is.
    const text = await run(program, ["version"]);
    return { program, isTofu: /^OpenTofu/m.test(text.stdout), version };
  } catch (error) {
    if (isLongrunError(error)) return null;
    throw error;
  }
}
