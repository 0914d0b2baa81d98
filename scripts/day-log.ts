/** Prints the log of a function that was invoked once a minute for a day: the workflow `images` lets the runner's image judge it. */
import { stdout } from "node:process";

const logStreamName = "2026/12/01/[$LATEST]00000000000000000000000000000000";
const midnight = Date.parse("2026-12-01T00:00:00Z");
const lines: string[] = [];
for (let minute = 0; minute < 24 * 60; minute += 1) {
  const id = `00000000-0000-4000-8000-${String(minute).padStart(12, "0")}`;
  const messages = [
    `START RequestId: ${id} Version: $LATEST`,
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t`,
  ];
  for (const [offset, message] of messages.entries())
    lines.push(JSON.stringify({ logStreamName, timestamp: midnight + minute * 60_000 + offset, message }));
}
stdout.write(`${lines.join("\n")}\n`);
