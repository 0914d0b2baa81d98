/**
 * Names that the plan wants to create and somebody else has already: found before anything is created, for the two kinds
 * of things whose names the user sees. Terraform itself finds out half-way through an apply.
 */
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { Problem } from "./problem.mjs";

/** @param {{ ask: (args: string[]) => Promise<{ code: number, stdout: string }> }} workspace */
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
    for (const name of created.functions)
      if (await exists(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))))
        taken.push(`function ${name}`);
    for (const name of created.logGroups) {
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
      if (logGroups.some((group) => group.logGroupName === name)) taken.push(`log group ${name}`);
    }
    if (taken.length > 0) {
      throw new Problem(
        `These names are taken by something that is not this deployment's: ${taken.join(", ")}. Nothing was changed.`,
        {
          hint: "Choose another NAME, or import what exists into the state (docs/deploy.md).",
        },
      );
    }
  } finally {
    lambda.destroy();
    logs.destroy();
  }
}

/** Pure: what a plan in JSON creates anew, by name. A replacement has the name already, and by right. */
export function plannedCreations(plan) {
  const created = (plan.resource_changes ?? []).filter(({ change }) => change.actions.join() === "create");
  const names = (type, member) =>
    created
      .filter((one) => one.type === type)
      .map((one) => one.change.after?.[member])
      .filter((name) => typeof name === "string");
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
