/** The tasks of an ECS cluster. */
import { z } from "zod";
import { must, type AwsRequests } from "./aws-request.ts";

const LISTED = z.object({ taskArns: z.array(z.string()).default([]) });
const DESCRIBED = z.object({
  tasks: z
    .array(
      z.object({
        taskArn: z.string(),
        lastStatus: z.string(),
        stoppedReason: z.string().nullish(),
        containers: z
          .array(z.object({ reason: z.string().nullish(), exitCode: z.number().nullish() }))
          .default([]),
      }),
    )
    .default([]),
});

export type Task = z.infer<typeof DESCRIBED>["tasks"][number];
export type TaskRequests = Pick<AwsRequests, "json">;

interface TaskFilter {
  readonly cluster: string;
  readonly serviceName?: string | undefined;
  /** A task that is being stopped is STOPPED, although its container still runs. */
  readonly desiredStatus: "RUNNING" | "STOPPED";
}

/** Returns the ARNs of tasks. */
export async function listTasks(requests: TaskRequests, filter: TaskFilter): Promise<readonly string[]> {
  return (await must("ecs:ListTasks", requests.json("ecs", "ListTasks", filter))).read(LISTED).taskArns;
}

export async function describeTasks(
  requests: TaskRequests,
  cluster: string,
  tasks: readonly string[],
): Promise<readonly Task[]> {
  if (tasks.length === 0) return [];
  const described = requests.json("ecs", "DescribeTasks", { cluster, tasks });
  return (await must("ecs:DescribeTasks", described)).read(DESCRIBED).tasks;
}
