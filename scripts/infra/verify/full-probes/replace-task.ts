import { clusterOfPeers, type FullContext } from "../full-probe.ts";
import { mayServe, stopTask, tasksOf } from "../ecs.ts";
import { watch } from "../watch.ts";

export const LABEL = "handler-connect";
const POLL_MS = 500;
const WITHIN_MS = 600_000;

export interface Replaced {
  /** The most tasks of the service that ran at the same time. */
  readonly most: number;
  /** The time from StopTask until the next task ran. Null if no other task ran. */
  readonly afterMs: number | null;
}

/** Stops the task of a managed peer, and waits until the next one runs. Null if no task ran. */
export async function replaceTask({ requests, name, signal }: FullContext): Promise<Replaced | null> {
  const cluster = clusterOfPeers(name);
  const [old] = (await tasksOf(requests, cluster, LABEL)).filter(
    ({ lastStatus }) => lastStatus === "RUNNING",
  );
  if (old === undefined) return null;
  const from = performance.now();
  await stopTask(requests, cluster, old.taskArn);
  let most = 0;
  const afterMs = await watch({
    look: async () => {
      const tasks = (await tasksOf(requests, cluster, LABEL)).filter(mayServe);
      most = Math.max(most, tasks.length);
      const next = tasks.some(
        ({ taskArn, lastStatus }) => taskArn !== old.taskArn && lastStatus === "RUNNING",
      );
      return next ? performance.now() - from : null;
    },
    pollMs: POLL_MS,
    withinMs: WITHIN_MS,
    signal,
  });
  return { most, afterMs };
}
