/** Terraform or OpenTofu: whichever is there and new enough, `TF` to choose. Null is for callers that may go without. */
import { run } from "./command.mjs";
import { Problem } from "./problem.mjs";

const LEAST = [1, 9];

/** @param {string | null} wanted @returns {Promise<{ program: string, isTofu: boolean, version: string } | null>} */
export async function findTerraform(wanted) {
  for (const program of wanted === null ? ["terraform", "tofu"] : [wanted]) {
    const found = await look(program);
    if (found !== null) return found;
  }
  return null;
}

export async function requireTerraform(wanted) {
  const found = await findTerraform(wanted);
  if (found === null) {
    throw new Problem(
      `${wanted ?? "Neither terraform nor tofu"} ${wanted === null ? "is" : "is not"} on the PATH.`,
      {
        hint: "Install Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install/), 1.9 or newer.",
      },
    );
  }
  const [major = 0, minor = 0] = found.version.split(".").map(Number);
  if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
    throw new Problem(`${found.program} is ${found.version}; ${LEAST.join(".")} or newer is needed.`);
  }
  return found;
}

async function look(program) {
  try {
    const { code, stdout } = await run(program, ["version", "-json"]);
    if (code !== 0) return null;
    const { terraform_version: version } = JSON.parse(stdout);
    // OpenTofu answers under Terraform's name; its program, or its own text, tells it apart.
    const text = await run(program, ["version"]);
    return { program, isTofu: /^OpenTofu/m.test(text.stdout), version };
  } catch (error) {
    if (error instanceof Problem || error instanceof SyntaxError) return null;
    throw error;
  }
}
