/**
 * `make runner`: starts the soak as a task in the account, where it continues while this machine sleeps. Only one runs at a time, because
 * two soaks of one function would throttle each other.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Machine } from "../../harness/src/cli/machine.ts";
import { wrongInput, notAvailable } from "../../harness/src/base/errors.ts";
import { EXIT, type ExitCode } from "../../harness/src/words/exit-codes.ts";
import type { RunnerOutput } from "../../harness/src/settings/deployed.ts";
import { approve } from "./approve.ts";
import { awsRequests, type AwsRequests } from "./aws-request.ts";
import { readDeployed, type DeployedStack } from "./deployed.ts";
import type { Settings } from "./settings.ts";
import { listTasks } from "./tasks.ts";

const STARTED = z.object({
  tasks: z.array(z.object({ taskArn: z.string() })).default([]),
  failures: z.array(z.object({ reason: z.string().nullish(), detail: z.string().nullish() })).default([]),
});

type RunnerPlace = Pick<RunnerOutput, "cluster" | "bucket"> & { readonly region: string };

export async function runner(settings: Settings, machine: Machine): Promise<ExitCode> {
  if (settings.target === "local")
    throw wrongInput("TARGET=local runs no task: moto records the tasks of ECS and starts none.", {
      hint: "make longrun TARGET=local runs a soak on this machine; the runner works only with TARGET=aws.",
    });
  const deployed = await readDeployed(settings);
  const made = deployed.runner;
  if (made == null)
    throw notAvailable("The deployment has no runner.", {
      hint: 'Deploy with VARS=FILE. The file must set a network and {"runner": {"image": "…"}} (docs/deploy.md, a day in the account).',
    });
  const place = { ...made, region: deployed.region };
  const command = commandFor(made.command, settings.duration);
  const requests = await awsRequests({ region: deployed.region, endpoint: null });
  await refuseSecond(requests, place);
  machine.stderr.write(`${announcement(deployed, command)}\n`);
  await approve(settings, machine, { command: "make runner", question: "Start it?" });
  const task = await startTask(requests, made, { command, token: randomUUID() });
  machine.stderr.write(`\n${whatNext(place, task)}\n`);
  machine.stdout.write(`${task}\n`);
  return EXIT.pass;
}

export function commandFor(command: readonly string[], duration: string | null): readonly string[] {
  if (duration === null) return command;
  const at = command.indexOf("--duration");
  return command.map((text, index) => (index === at + 1 ? duration : text));
}

/** Shown before the task starts: the peers, and how often they get requests and connections. */
export function announcement(
  { functions, region }: Pick<DeployedStack, "functions" | "region">,
  command: readonly string[],
): string {
  const value = (flag: string): string | undefined => command[command.indexOf(flag) + 1];
  const peers = Object.entries(functions).map(([label, one]) =>
    one.peer_log_group == null
      ? `  ${label} connects to ${one.peer}, which longrun did not start: while it is connected, other clients may not reach that machine.`
      : `  ${label} connects to its managed peer ${one.peer}.`,
  );
  return [
    `A task in ${region} invokes each function every ${value("--interval")} for ${value("--duration")}, one request and at most one new connection each time:`,
    ...peers,
  ].join("\n");
}

/** The commands with which the user watches the task, ends it and fetches its result. */
export function whatNext({ region, cluster, bucket }: RunnerPlace, task: string): string {
  return [
    `Started ${task}`,
    "",
    "  watch it:      make logs TARGET=aws SINCE=10m",
    `  is it running: aws ecs describe-tasks --region ${region} --cluster ${cluster} --tasks ${task} --query 'tasks[0].[lastStatus,stoppedReason,containers[0].exitCode]'`,
    `  end it now:    ${stopCommand({ region, cluster }, task)}   # the task judges the evidence so far and keeps the result`,
    `  the result:    aws s3 sync s3://${bucket}/runs/ runs/   # when the task has ended; then open runs/*/report.html`,
  ].join("\n");
}

const stopCommand = ({ region, cluster }: Omit<RunnerPlace, "bucket">, task: string): string =>
  `aws ecs stop-task --region ${region} --cluster ${cluster} --task ${task}`;

async function refuseSecond(requests: AwsRequests, place: RunnerPlace): Promise<void> {
  // Some credentials may start a task but not list tasks. With them, a second soak is not refused here.
  const running = { cluster: place.cluster, desiredStatus: "RUNNING" } as const;
  const taskArns = await listTasks(requests, running).catch(() => []);
  const [first] = taskArns;
  if (first !== undefined)
    throw notAvailable(`A soak is already running: ${taskArns.join(", ")}. Nothing was started.`, {
      hint: `Two soaks would throttle each other. End this one first: ${stopCommand(place, first)}`,
    });
}

/** Returns the task's ARN. All tries have the same token, so that a lost answer does not lead to a second task. */
export async function startTask(
  requests: Pick<AwsRequests, "json">,
  made: RunnerOutput,
  { command, token }: { readonly command: readonly string[]; readonly token: string },
): Promise<string> {
  const answer = await requests.json("ecs", "RunTask", {
    clientToken: token,
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
    throw notAvailable(`The task was not started: ${answer.type ?? answer.status} ${answer.message}`, {
      hint: "Your credentials need ecs:RunTask on the task definition, and iam:PassRole on its two roles (docs/permissions.md).",
    });
  const { tasks, failures } = answer.read(STARTED);
  const [task] = tasks;
  if (task !== undefined) return task.taskArn;
  const reasons = failures.map(({ reason, detail }) =>
    [reason, detail].filter((text) => text != null).join(", "),
  );
  throw notAvailable(
    `The task was not started: ${reasons.length === 0 ? "ECS gave no reason" : reasons.join("; ")}.`,
  );
}
