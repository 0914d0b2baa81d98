/** Stops the runner's task in the middle of its soak, and checks that the judged run is in the bucket. */
import { randomUUID } from "node:crypto";
import { startTask } from "../../runner.ts";
import { keysIn } from "../../bucket.ts";
import { stopTask, tasksOf } from "../ecs.ts";
import type { FullContext, FullProbe } from "../full-probe.ts";
import { linesNow } from "../log-lines.ts";
import { confirmed, differs, notReached, onAws, type ProbeResult } from "../probe.ts";
import { watch } from "../watch.ts";
import { seconds } from "./served.ts";

const TIMES = {
  pollMs: 5_000,
  startedWithinMs: 300_000,
  /** How long the soak runs before its task is stopped. */
  soakedMs: 120_000,
  /** Longer than the 120 s after which ECS kills a task that has not ended after SIGTERM. */
  stoppedWithinMs: 240_000,
};
/** Every judged run has these files. */
const FILES = ["manifest.json", "result.json", "report.html"] as const;

export const runner: FullProbe = runnerProbe(TIMES);

export function runnerProbe(times: typeof TIMES): FullProbe {
  return onAws("moto records the task, but does not start it.", async (context) => {
    const { requests, runner: made } = context;
    const task = await startTask(requests, made, { command: made.command, token: randomUUID() });
    try {
      return await soakedAndStopped(context, task, times);
    } finally {
      // A cluster with a task cannot be deleted, so the task is stopped even after an interruption.
      await stopTask(requests, made.cluster, task).catch(() => undefined);
    }
  });
}

async function soakedAndStopped(
  context: FullContext,
  task: string,
  { pollMs, startedWithinMs, soakedMs, stoppedWithinMs }: typeof TIMES,
): Promise<ProbeResult> {
  const { requests, runner: made, logs, signal } = context;
  const taskNow = async () =>
    (await tasksOf(requests, made.cluster)).find(({ taskArn }) => taskArn === task) ?? null;
  const ended = async () => {
    const now = await taskNow();
    return now?.lastStatus === "STOPPED" ? now : null;
  };
  const begun = await watch({
    look: async () =>
      (await ended()) ?? ((await keysIn(requests, made.bucket, "runs/")).length > 0 ? "begun" : null),
    pollMs,
    withinMs: startedWithinMs,
    signal,
  });
  if (begun !== "begun") {
    const lines = await linesNow({ logs, logGroup: made.log_group, signal }).catch(() => []);
    const why =
      begun === null
        ? "wrote nothing into the bucket"
        : `ended (${begun.stoppedReason ?? "ECS gives no reason"})`;
    return differs(`The task ${why}; its last line: ${lines.at(-1)?.message.trim() ?? "none"}.`);
  }
  const early = await watch({ look: ended, pollMs, withinMs: soakedMs, signal });
  if (early !== null)
    return differs(`The task ended by itself: ${early.stoppedReason ?? "ECS gives no reason"}.`);
  const from = performance.now();
  await stopTask(requests, made.cluster, task);
  const stopped = await watch({ look: ended, pollMs, withinMs: stoppedWithinMs, signal });
  if (stopped === null) return notReached("The task did not stop in time.");
  const keys = await keysIn(requests, made.bucket, "runs/");
  const missing = FILES.filter((file) => !keys.some((key) => key.endsWith(`/${file}`)));
  const text = `${seconds(performance.now() - from)} after StopTask the task had ended with exit code ${stopped.containers[0]?.exitCode ?? "unknown"}; the bucket has ${keys.length} objects of runs`;
  return missing.length === 0 ? confirmed(`${text}.`) : differs(`${text}, but not ${missing.join(", ")}.`);
}
