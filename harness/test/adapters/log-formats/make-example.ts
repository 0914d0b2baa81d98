/**
 * Makes harness/test/adapters/log-formats/example from a run directory. The files are those that a team has without longrun: the output of
 * `aws logs filter-log-events` and the peer's own log. All times are moved to one fixed day, so that the files do not depend on the clock.
 *
 * ```
 * longrun soak --function gateway-client=init-connect --platform typical --seed 1 --duration 20s --out RUN
 * node --import tsx harness/test/adapters/log-formats/make-example.ts RUN
 * ```
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAY = "2025-03-11T09:00:00.000Z";
const folder = join(import.meta.dirname, "example");
const run = process.argv[2] ?? "";

const lines = (file: string): Record<string, unknown>[] =>
  readFileSync(join(run, "logs", file), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const events = lines("gateway-client.jsonl");
const first = Number(events[0]?.["timestamp"]);
const shift = Date.parse(DAY) - first;
const day = new Date(first).toISOString().slice(0, 10).replaceAll("-", "/");

function moveTimes(text: string): string {
  return text
    .replaceAll(day, DAY.slice(0, 10).replaceAll("-", "/"))
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) =>
      new Date(Date.parse(time) + shift).toISOString(),
    );
}

mkdirSync(folder, { recursive: true });
const answer = {
  events: events.map(({ logStreamName, timestamp, message, ingestionTime, eventId }) => ({
    logStreamName: moveTimes(String(logStreamName)),
    timestamp: Number(timestamp) + shift,
    message: moveTimes(String(message)),
    ingestionTime: Number(ingestionTime) + shift,
    eventId,
  })),
  searchedLogStreams: [],
};
writeFileSync(join(folder, "events.json"), `${JSON.stringify(answer, null, 1)}\n`);
writeFileSync(
  join(folder, "gateway.jsonl"),
  lines("peer-gateway-client.jsonl")
    .map((line) => `${moveTimes(JSON.stringify(line))}\n`)
    .join(""),
);
