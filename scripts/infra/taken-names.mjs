/**
 * Names that the plan wants to create and somebody else has already: found before anything is created, for the two kinds
 * of things whose names the user sees. Terraform itself finds out half-way through an apply.
 */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Problem } from "./problem.mjs";

/** @param {{ ask: (args: string[]) => Promise<{ code: number, stdout: string }>, work: string, program: string }} workspace */
export async function refuseTakenNames(workspace, planFile, { region, endpoint }) {
  const shown = await workspace.ask(["show", "-json", planFile]);
  if (shown.code !== 0) return;
  const created = plannedCreations(JSON.parse(shown.stdout));
  const options = {
    region,
    ...(endpoint === null
      ? {}
      : { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
  };
  const lambda = new LambdaClient(options);
  const logs = new CloudWatchLogsClient(options);
  try {
    const taken = [];
    for (const one of created.functions)
      if (await exists(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: one.name }))))
        taken.push({ what: "function", ...one });
    for (const one of created.logGroups) {
      const { logGroups = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: one.name }),
      );
      if (logGroups.some((group) => group.logGroupName === one.name))
        taken.push({ what: "log group", ...one });
    }
    if (taken.length > 0) throw refusal(taken, { local: endpoint !== null, ...workspace });
  } finally {
    lambda.destroy();
    logs.destroy();
  }
}

/**
 * Pure. An apply that was killed while it made something leaves that outside the state: it is there, and nobody's.
 * @param {readonly { what: string, name: string, address: string }[]} taken
 */
export function refusal(taken, { local, work, program }) {
  const names = taken.map(({ what, name }) => `${what} ${name}`).join(", ");
  const adopt = taken.map(({ address, name }) => `  ${program} import '${address}' ${name}`);
  return new Problem(
    `These names are taken by something that is not in this deployment's state: ${names}. Nothing was changed.`,
    {
      hint: local
        ? "If an apply was cut off: make destroy TARGET=local takes everything away, then deploy again. Otherwise choose another NAME."
        : [
            `If an apply of this deployment was cut off, take in what it had made, and deploy again. In ${work}:`,
            ...adopt,
            "If it is somebody else's, choose another NAME.",
          ].join("\n"),
    },
  );
}

/** Pure: what a plan in JSON creates anew, by name. A replacement has the name already, and by right. */
export function plannedCreations(plan) {
  const created = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === "create");
  const names = (type, member) =>
    created
      .filter((one) => one.type === type)
      .map(({ address, change }) => ({ name: change.after?.[member], address }))
      .filter(({ name }) => typeof name === "string");
  return {
    functions: names("aws_lambda_function", "function_name"),
    logGroups: names("aws_cloudwatch_log_group", "name"),
  };
}

async function exists(ask) {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error.name === "ResourceNotFoundException") return false;
    // Whoever may not look cannot know; Terraform will say.
    if (/AccessDenied/.test(error.name)) return false;
    throw error;
  }
}
