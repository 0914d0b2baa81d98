/** For how long does a function not reach its peer after the peer's task was replaced by one with another address? */
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";
import { replaceTask } from "./replace-task.ts";
import { seconds, served } from "./served.ts";

/** The TTL of the peer's name is 5 s. If name servers kept the old address longer, the function would not reach the peer for minutes. */
const EXPECTED_MS = 60_000;
const WITHIN_MS = 300_000;

export const cloudMap: FullProbe = onAws(
  "moto starts no tasks, and its names resolve nowhere.",
  async (context) => {
    const replaced = await replaceTask(context);
    if (replaced === null) return differs("ECS lists no running task of the peer.");
    if (replaced.afterMs === null) return differs("After StopTask no other task ran.");
    const { afterMs, last } = await served(context, WITHIN_MS);
    if (afterMs === null)
      return differs(`For ${seconds(WITHIN_MS)} no invocation succeeded. The last one ${last}.`);
    const text = `${seconds(afterMs)} after the new task ran, the function was served.`;
    return afterMs <= EXPECTED_MS ? confirmed(text) : differs(text);
  },
);
