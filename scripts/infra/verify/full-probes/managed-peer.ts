/** Checks that a managed peer serves its function, also after its task was stopped, and that two of its tasks never run at once. */
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";
import { replaceTask } from "./replace-task.ts";
import { seconds, served } from "./served.ts";

const SERVED_WITHIN_MS = 120_000;

export const managedPeer: FullProbe = onAws("moto starts no tasks.", async (context) => {
  const first = await served(context, SERVED_WITHIN_MS);
  if (first.afterMs === null) return differs(`No invocation succeeded. The last one ${first.last}.`);
  const replaced = await replaceTask(context);
  if (replaced === null) return differs("The function was served, but ECS lists no running task.");
  if (replaced.most > 1) return differs(`${replaced.most} tasks of the service ran at once.`);
  if (replaced.afterMs === null) return differs("After StopTask no other task ran.");
  const again = await served(context, SERVED_WITHIN_MS);
  return again.afterMs === null
    ? differs(`After StopTask another task ran, but no invocation succeeded. The last one ${again.last}.`)
    : confirmed(
        `The function was served. ${seconds(replaced.afterMs)} after StopTask another task ran, never two at once, and the function was served again.`,
      );
});
