import { must } from "../aws-request.ts";
import { describeTasks, listTasks, type Task, type TaskRequests } from "../tasks.ts";

/** Returns the tasks, including those that are stopping or that stopped a short time ago. */
export async function tasksOf(
  requests: TaskRequests,
  cluster: string,
  serviceName?: string,
): Promise<readonly Task[]> {
  const lists = await Promise.all(
    (["RUNNING", "STOPPED"] as const).map((desiredStatus) =>
      listTasks(requests, { cluster, serviceName, desiredStatus }),
    ),
  );
  return describeTasks(requests, cluster, lists.flat());
}

/** Between RUNNING and STOPPED a task has several states in which its container may have a connection. */
export const mayServe = ({ lastStatus }: Pick<Task, "lastStatus">): boolean =>
  /^(RUNNING|DEACTIVATING|STOPPING)$/.test(lastStatus);

export async function stopTask(requests: TaskRequests, cluster: string, task: string): Promise<void> {
  await must("ecs:StopTask", requests.json("ecs", "StopTask", { cluster, task, reason: "longrun verify" }));
}
