/**
 * A Terraform state belongs to one deployment, with one Region and one name. With another Region or name, Terraform would create everything
 * again, and forget or remove the existing resources. So such a plan is refused before it is made.
 */
import { wrongInput } from "../../harness/src/base/errors.ts";
import type { Settings } from "./settings.ts";
import { parseState, type TerraformState } from "./terraform-json.ts";
import type { Workspace } from "./workspace.ts";

/** A member is null if it is not known. */
interface DeploymentIdentity {
  readonly name: string | null;
  readonly region: string | null;
}

/** Null if the state has no resources. */
export async function deploymentInState(workspace: Workspace): Promise<DeploymentIdentity | null> {
  const { code, stdout } = await workspace.ask("state", "pull");
  // If the state cannot be read, the plan reports why.
  return code === 0 && stdout.trim() !== "" ? deploymentOf(parseState(stdout)) : null;
}

/** Reads the deployment from the outputs, or from the resources if an apply was interrupted before it had outputs. */
export function deploymentOf({ resources, outputs }: TerraformState): DeploymentIdentity | null {
  const made = resources
    .filter(({ mode, type }) => mode === "managed" && type !== "terraform_data")
    .flatMap(({ instances }) => instances)
    .map(({ attributes }) => attributes ?? {});
  if (made.length === 0) return null;
  const names = made.map(({ tags_all: tags }) => tags?.["Longrun"]);
  const regions = made.map(
    ({ arn }) => /^arn:[^:]+:(?:lambda|logs|ecs|ec2|dynamodb):([a-z0-9-]+):/.exec(arn ?? "")?.[1],
  );
  return {
    name: names.find((name) => name !== undefined) ?? null,
    region: outputs.region?.value ?? regions.find((region) => region !== undefined) ?? null,
  };
}

export function refuseOtherDeployment(
  there: DeploymentIdentity | null,
  meant: DeploymentIdentity,
  { target, state, folder }: Pick<Settings, "target" | "state" | "folder">,
): void {
  if (there === null) return;
  const other = (["name", "region"] as const).filter(
    (member) => there[member] !== null && meant[member] !== null && there[member] !== meant[member],
  );
  if (other.length === 0) return;
  const variables = (deployment: DeploymentIdentity): string =>
    other.map((member) => `${member.toUpperCase()}=${deployment[member]}`).join(" ");
  const where = state === null ? `The state in ${folder}` : `The state s3://${state.bucket}/${state.key}`;
  const beside =
    state === null
      ? `To have both deployments: give every command of the second deployment LONGRUN_DATA=${folder}-${meant.name === there.name ? meant.region : meant.name}, so that it has a separate state.`
      : "To have both deployments: give every command of the second deployment another STATE=s3://BUCKET/KEY, so that it has a separate state.";
  throw wrongInput(
    `${where} belongs to the deployment with ${variables(there)}. Given: ${variables(meant)}. Nothing was changed.`,
    {
      hint: [
        `To continue with the existing deployment: ${variables(there)}.`,
        `To move the deployment: make destroy TARGET=${target} ${variables(there)}, then deploy again.`,
        beside,
      ].join("\n"),
    },
  );
}
