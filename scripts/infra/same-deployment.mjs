/**
 * One state is one deployment, in one Region and under one name. With another of either, Terraform would make everything anew
 * and forget, or take away, what is there: that is refused before anything is planned, with both ways on.
 */
import { Problem } from "./problem.mjs";

/** @returns {Promise<{ name: string | null, region: string | null } | null>} null: the state holds nothing */
export async function deploymentInState(workspace) {
  const { code, stdout } = await workspace.ask(["state", "pull"]);
  // A state that cannot be read is the plan's to explain.
  return code === 0 && stdout.trim() !== "" ? deploymentOf(JSON.parse(stdout)) : null;
}

/** Pure: what a state holds, by its outputs, and by what was made where an apply was cut off before it had any. */
export function deploymentOf(state) {
  const made = (state.resources ?? [])
    .filter(({ mode, type }) => mode === "managed" && type !== "terraform_data")
    .flatMap(({ instances }) => instances)
    .map(({ attributes }) => attributes ?? {});
  if (made.length === 0) return null;
  const regional = made.map(
    ({ arn }) => /^arn:[^:]+:(?:lambda|logs|ecs|ec2|dynamodb):([a-z0-9-]+):/.exec(arn)?.[1],
  );
  return {
    name: made.map(({ tags_all: tags }) => tags?.Longrun).find((name) => name != null) ?? null,
    region: state.outputs?.region?.value ?? regional.find((region) => region !== undefined) ?? null,
  };
}

/** Pure. @param {{ name: string | null, region: string | null } | null} there @param {{ name: string, region: string | null }} meant */
export function refuseOtherDeployment(there, meant, { target, state, folder }) {
  if (there === null) return;
  const other = ["name", "region"].filter(
    (member) => there[member] !== null && meant[member] !== null && there[member] !== meant[member],
  );
  if (other.length === 0) return;
  const variables = (deployment) =>
    other.map((member) => `${member.toUpperCase()}=${deployment[member]}`).join(" ");
  const where = state === null ? `the state in ${folder}` : `the state s3://${state.bucket}/${state.key}`;
  const beside =
    state === null
      ? `To have both: LONGRUN_DATA=${folder}-${meant.name === there.name ? meant.region : meant.name} with every command of the second one gives it a state of its own.`
      : "To have both: another STATE=s3://BUCKET/KEY with every command of the second one gives it a state of its own.";
  throw new Problem(
    `${where[0].toUpperCase()}${where.slice(1)} is of the deployment with ${variables(there)}. Given: ${variables(meant)}. Nothing was changed.`,
    {
      code: 64,
      hint: [
        `To go on with the one that is there: ${variables(there)}.`,
        `To move: make destroy TARGET=${target} ${variables(there)}, then deploy again.`,
        beside,
      ].join("\n"),
    },
  );
}
