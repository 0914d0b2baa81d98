import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { LongrunError } from "../../../harness/src/base/errors.ts";
import type { AwsRequests } from "../aws-request.ts";

const ECS = "AmazonEC2ContainerServiceV20141113";
const LISTED = z.object({ taskArns: z.array(z.string()).default([]) });
const DESCRIBED = z.object({
  tasks: z
    .array(
      z.object({
        taskArn: z.string(),
        lastStatus: z.string(),
        stoppedReason: z.string().nullish(),
        containers: z.array(z.object({ exitCode: z.number().nullish() })).default([]),
      }),
    )
    .default([]),
});

type Task = z.infer<typeof DESCRIBED>["tasks"][number];
type EcsRequests = Pick<AwsRequests, "json">;

async function ask<Schema extends z.ZodType>(
  requests: EcsRequests,
  action: string,
  body: object,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const answer = await requests.json("ecs", `${ECS}.${action}`, body);
  if (!answer.ok)
    throw new LongrunError("unavailable", `ecs:${action}: ${answer.type ?? answer.status} ${answer.message}`);
  return answer.read(schema);
}

/** Returns the tasks, including those that are stopping or that stopped a short time ago. */
export async function tasksOf(
  requests: EcsRequests,
  cluster: string,
  serviceName?: string,
): Promise<readonly Task[]> {
  const filter = serviceName === undefined ? {} : { serviceName };
  // A task that is being stopped is listed as STOPPED although its container still runs.
  const lists = await Promise.all(
    ["RUNNING", "STOPPED"].map((desiredStatus) =>
      ask(requests, "ListTasks", { cluster, ...filter, desiredStatus }, LISTED),
    ),
  );
  const tasks = lists.flatMap(({ taskArns }) => taskArns);
  return tasks.length === 0
    ? []
    : (await ask(requests, "DescribeTasks", { cluster, tasks }, DESCRIBED)).tasks;
}

/** Between RUNNING and STOPPED a task has several states in which its container may have a connection. */
export const mayServe = ({ lastStatus }: Pick<Task, "lastStatus">): boolean =>
  /^(RUNNING|DEACTIVATING|STOPPING)$/.test(lastStatus);

export async function stopTask(requests: EcsRequests, cluster: string, task: string): Promise<void> {
  await ask(requests, "StopTask", { cluster, task, reason: "longrun verify" }, z.object({}));
}

interface Watched<Result> {
  /** Null as long as there is no result. */
  readonly look: () => Promise<Result | null>;
  readonly pollMs: number;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** Calls `look` until it returns a result. Null if there is none within `withinMs`. */
export async function watch<Result>({
  look,
  pollMs,
  withinMs,
  signal,
}: Watched<Result>): Promise<Result | null> {
  const until = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null || performance.now() > until) return seen;
    await sleep(pollMs, null, { signal });
  }
}
