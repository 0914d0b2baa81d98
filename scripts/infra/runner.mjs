/**
 * `make runner`: starts the soak's task in the account, where it goes on when this machine sleeps, and says how to watch it,
 * to end it and to fetch what it found. One at a time: two soaks of one function would throttle each other.
 */
import { awsRequests } from "./aws-request.mjs";
import { confirm } from "./confirm.mjs";
import { readDeployed } from "./deployed.mjs";
import { Problem } from "./problem.mjs";

const ECS = "AmazonEC2ContainerServiceV20141113";

export async function runner(settings) {
  if (settings.target === "local")
    throw new Problem("TARGET=local runs no task: moto keeps a record of ECS and starts nothing.", {
      code: 64,
      hint: "make longrun TARGET=local soaks there; the runner goes with TARGET=aws.",
    });
  const deployed = await readDeployed(settings);
  if (deployed.runner === null)
    throw new Problem("What is deployed has no runner.", {
      hint: 'Deploy with VARS=FILE holding {"runner": {"image": "…"}} and a network (docs/deploy.md, a day in the account).',
    });
  const command = commandFor(deployed.runner.command, settings.duration);
  const requests = await awsRequests({ region: deployed.region, endpoint: null });
  await refuseSecond(requests, deployed);
  process.stderr.write(`${announcement(deployed, command)}\n`);
  await confirm("Start it?", settings);
  const task = await startTask(requests, deployed.runner, command);
  process.stderr.write(`\n${whatNext(deployed, task)}\n`);
  process.stdout.write(`${task}\n`);
}

/** Pure: what the task runs, for another length where one was asked for. */
export function commandFor(command, duration) {
  if (duration === null) return command;
  const at = command.indexOf("--duration");
  return command.map((text, index) => (index === at + 1 ? duration : text));
}

/** Pure. */
export function announcement({ functions, region }, command) {
  const value = (flag) => command[command.indexOf(flag) + 1];
  const peers = Object.entries(functions).map(([label, one]) =>
    one.peer_log_group == null
      ? `  ${label} connects to ${one.peer}, which is not ours: while it does, nobody else may reach that machine.`
      : `  ${label} connects to its managed peer ${one.peer}.`,
  );
  return [
    `A task in ${region} invokes each function every ${value("--interval")} for ${value("--duration")}, one request and at most one new connection each time:`,
    ...peers,
  ].join("\n");
}

/** Pure. */
export function whatNext({ region, runner: { cluster, bucket } }, task) {
  return [
    `Started ${task}`,
    "",
    "  watch it:   make logs TARGET=aws SINCE=10m",
    `  is it on:   aws ecs describe-tasks --region ${region} --cluster ${cluster} --tasks ${task} --query 'tasks[0].[lastStatus,stoppedReason,containers[0].exitCode]'`,
    `  end it now: aws ecs stop-task --region ${region} --cluster ${cluster} --task ${task}   # it judges and keeps what there is`,
    `  the result: aws s3 sync s3://${bucket}/runs/ runs/   # once it has ended; then open runs/*/report.html`,
  ].join("\n");
}

async function refuseSecond(requests, { region, runner: { cluster } }) {
  const answer = await requests.json("ecs", `${ECS}.ListTasks`, { cluster, desiredStatus: "RUNNING" });
  // Whoever may not list may still start; then nobody looked.
  if (!answer.ok) return;
  const { taskArns = [] } = JSON.parse(answer.text);
  if (taskArns.length > 0)
    throw new Problem(`A soak runs already: ${taskArns.join(", ")}. Nothing was started.`, {
      hint: `Two would throttle each other. End it first: aws ecs stop-task --region ${region} --cluster ${cluster} --task ${taskArns[0]}`,
    });
}

async function startTask(requests, made, command) {
  const answer = await requests.json("ecs", `${ECS}.RunTask`, {
    cluster: made.cluster,
    taskDefinition: made.task_definition,
    launchType: "FARGATE",
    count: 1,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: made.subnet_ids,
        securityGroups: [made.security_group_id],
        assignPublicIp: "DISABLED",
      },
    },
    overrides: { containerOverrides: [{ name: "runner", command }] },
  });
  if (!answer.ok)
    throw new Problem(`The task was not started: ${answer.type ?? answer.status} ${answer.message}`, {
      hint: "It needs ecs:RunTask on the task definition, and iam:PassRole on its two roles (docs/permissions.md).",
    });
  const { tasks = [], failures = [] } = JSON.parse(answer.text);
  if (tasks.length === 0)
    throw new Problem(
      `The task was not started: ${failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(", ")).join("; ") || "ECS gave no reason"}.`,
    );
  return tasks[0].taskArn;
}
