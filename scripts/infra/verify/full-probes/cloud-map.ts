/** How long a function does not reach its peer after the peer's task was replaced by one with another address. */
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";
import { replaceTask } from "./replace-task.ts";
import { seconds, served } from "./served.ts";

/** The TTL of the name is 5 s; a function whose name servers keep it longer would miss the peer for minutes. */
const EXPECTED_MS = 60_000;
const WITHIN_MS = 300_000;

export const cloudMap: FullProbe = onAws(
  "moto starts no tasks, and its names resolve nowhere.",
  async (context) => {
    const replaced = await replaceTask(context);
    if (replaced?.afterMs == null) return differs("After StopTask no other task ran.");
    const { afterMs, last } = await served(context, WITHIN_MS);
    if (afterMs === null) return differs(`For ${seconds(WITHIN_MS)} the function ${last}.`);
    const text = `${seconds(afterMs)} after the new task ran, the function was served.`;
    return afterMs <= EXPECTED_MS ? confirmed(text) : differs(text);
  },
);
