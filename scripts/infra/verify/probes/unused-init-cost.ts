/** Reads what the log says about the cost of the Init of the row `unused-init`, which no invocation followed. */
import { z } from "zod";
import { linesNow, type Line } from "../log-lines.ts";
import { confirmed, differs, notReached, onAws, type Probe } from "../probe.ts";

const REPORT = z.object({ record: z.object({ metrics: z.record(z.string(), z.number()) }) });

export const unusedInitCost: Probe = onAws("Only AWS bills.", async (context) => {
  const lines = await linesNow(context);
  const unused = lines.find(
    (line) => line.platform?.type === "platform.initReport" && isUnused(line.stream, lines),
  );
  if (unused === undefined) return notReached("The log has no Init without an invocation.");
  const { metrics } = REPORT.parse(JSON.parse(unused.message)).record;
  const figures = Object.entries(metrics).map(([name, value]) => `${name} ${value}`);
  const text = `The report of the unused Init has ${figures.join(", ")}.`;
  return Object.keys(metrics).some((name) => /billed/i.test(name))
    ? differs(text)
    : confirmed(`${text} It says nothing about the bill, which AWS shows a day later.`);
});

function isUnused(stream: string, lines: readonly Line[]): boolean {
  return !lines.some((line) => line.stream === stream && line.platform?.type === "platform.start");
}
