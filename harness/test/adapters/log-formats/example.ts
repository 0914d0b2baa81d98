/** Reads the example logs, and writes the same events in many of the log formats that `longrun analyze` reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export const EXAMPLE = join(import.meta.dirname, "example");
export const GROUP = "/aws/lambda/gateway-client";

export interface ExampleEvent {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  readonly eventId: string;
}

export const EVENTS = (
  JSON.parse(readFileSync(join(EXAMPLE, "events.json"), "utf8")) as {
    readonly events: readonly ExampleEvent[];
  }
).events;
export const STREAMS = [...new Set(EVENTS.map((event) => event.logStreamName))];

/** The contents of files, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const iso = (event: ExampleEvent): string => new Date(event.timestamp).toISOString();
const ofStream = (stream: string): readonly ExampleEvent[] =>
  EVENTS.filter((event) => event.logStreamName === stream);
const flat = (stream: string): string => stream.replaceAll("/", "-");
const jsonLines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const subscription = (events: readonly ExampleEvent[], stream: string): object => ({
  messageType: "DATA_MESSAGE",
  owner: "123456789012",
  logGroup: GROUP,
  logStream: stream,
  subscriptionFilters: ["all"],
  logEvents: events.map(({ eventId, timestamp, message }) => ({ id: eventId, timestamp, message })),
});

const HALF = Math.floor(EVENTS.length / 2);
const PAGES = [EVENTS.slice(0, HALF), EVENTS.slice(HALF)];

export const FORMS: Readonly<Record<string, Files>> = {
  "the output of filter-log-events": { "events.json": readFileSync(join(EXAMPLE, "events.json"), "utf8") },
  "the output of filter-log-events on one line": {
    "events.json": JSON.stringify({ events: EVENTS, searchedLogStreams: [] }),
  },
  "the output of filter-log-events with members before the events": {
    "events.json": JSON.stringify(
      { nextToken: 'a [ " { token', searchedLogStreams: [{ logStreamName: "x" }], events: EVENTS },
      null,
      4,
    ),
  },
  "several answers one after the other": {
    "pages.json": PAGES.map((events) => JSON.stringify({ events, nextToken: "next" }, null, 4)).join("\n"),
  },
  "several answers, each on its own line": {
    "pages.json": jsonLines(PAGES.map((events) => ({ events, nextToken: "next" }))),
  },
  "the output of filter-log-events as text": {
    "events.txt": EVENTS.map(
      ({ eventId, ingestionTime, logStreamName, message, timestamp }) =>
        `EVENTS\t${eventId}\t${ingestionTime}\t${logStreamName}\t${message}\n\t${timestamp}\n`,
    )
      .concat("SEARCHEDLOGSTREAMS\tx\tTrue\n")
      .join(""),
  },
  "the output of get-log-events as text, a file for each stream": Object.fromEntries(
    STREAMS.map((stream) => [
      `${flat(stream)}.txt`,
      `b/000017956133.49376\tf/000017956133.69651\n${ofStream(stream)
        .map(
          ({ ingestionTime, message, timestamp }) => `EVENTS\t${ingestionTime}\t${message}\t${timestamp}\n`,
        )
        .join("")}`,
    ]),
  ),
  "the output of get-query-results": {
    "rows.json": JSON.stringify(
      {
        queryLanguage: "CWLI",
        results: EVENTS.map((event) => [
          { field: "@timestamp", value: iso(event).replace("T", " ").replace("Z", "") },
          { field: "@message", value: event.message },
          { field: "@logStream", value: event.logStreamName },
          { field: "@log", value: `123456789012:${GROUP}` },
        ]),
        statistics: { recordsMatched: 1 },
        status: "Complete",
      },
      null,
      4,
    ),
  },
  "an array of events": { "events.json": JSON.stringify(EVENTS, null, 2) },
  "JSON lines": { "events.jsonl": jsonLines(EVENTS.map((event) => ({ logGroup: GROUP, ...event }))) },
  "JSON lines in gzip, in a file whose name does not show this": {
    "events.log": gzipSync(jsonLines(EVENTS)),
  },
  "JSON lines with the member names of Logs Insights": {
    "a.json": jsonLines(
      EVENTS.map((event) => ({
        "@log": `123456789012:${GROUP}`,
        "@logStream": event.logStreamName,
        "@timestamp": iso(event).replace("T", " ").replace("Z", ""),
        "@message": event.message,
        "@ptr": event.eventId,
      })),
    ),
  },
  "messages in JSON that an exporter turned into objects": {
    "a.json": jsonLines(EVENTS.map((event) => ({ ...event, message: JSON.parse(event.message) as unknown }))),
  },
  "objects without a line end between them": {
    firehose: EVENTS.map((event) => JSON.stringify(event)).join(""),
  },
  "the payloads of a subscription": {
    "payloads.json": STREAMS.map((stream) => JSON.stringify(subscription(ofStream(stream), stream))).join(""),
  },
  "the events with which a subscription invokes a function": {
    "event.json": jsonLines(
      STREAMS.map((stream) => ({
        awslogs: {
          data: gzipSync(JSON.stringify(subscription(ofStream(stream), stream))).toString("base64"),
        },
      })),
    ),
  },
  "get-log-events, a file for each stream": Object.fromEntries(
    STREAMS.map((stream) => [
      `${flat(stream)}.json`,
      JSON.stringify(
        {
          events: ofStream(stream).map(({ timestamp, message, ingestionTime }) => ({
            timestamp,
            message,
            ingestionTime,
          })),
          nextForwardToken: "f/1",
        },
        null,
        4,
      ),
    ]),
  ),
  "the export to S3": {
    "exportedlogs/aws-logs-write-test": "Permission Check Successful",
    ...Object.fromEntries(
      STREAMS.map((stream) => [
        `exportedlogs/7a2e/${flat(stream)}/000000.gz`,
        gzipSync(
          ofStream(stream)
            .map((event) => `${iso(event)} ${event.message}\n`)
            .join(""),
        ),
      ]),
    ),
  },
  "aws logs tail": {
    "tail.txt": EVENTS.map(
      (event) =>
        `${iso(event).replace("Z", "000+00:00")} ${event.logStreamName} ${event.message.trimEnd()}\n`,
    ).join(""),
  },
  "aws logs tail in colours, as a terminal recorded it": {
    "typescript.txt": EVENTS.map(
      (event) =>
        `\u001b[32m${iso(event)}\u001b[0m \u001b[36m${event.logStreamName}\u001b[0m ${event.message.trimEnd()}\r\n`,
    ).join(""),
  },
  "a stream copied from the console, with each time on its own line": Object.fromEntries(
    STREAMS.map((stream) => [
      `${flat(stream)}.txt`,
      ofStream(stream)
        .map((event) => `${iso(event)}\r\n${event.message.trimEnd()}\r\n`)
        .join(""),
    ]),
  ),
  "the console's CSV": Object.fromEntries(
    STREAMS.map((stream) => [
      `${flat(stream)}.csv`,
      `timestamp,message\n${ofStream(stream)
        .map((event) => `${event.timestamp},${quoted(event.message)}\n`)
        .join("")}`,
    ]),
  ),
  "the CSV of Logs Insights": {
    "results.csv": `@timestamp,@message,@logStream,@log\n${EVENTS.map((event) => `${iso(event).replace("T", " ").replace("Z", "")},${quoted(event.message)},${event.logStreamName},123456789012:${GROUP}\n`).join("")}`,
  },
  "every event twice": { "a.json": jsonLines(EVENTS), "b.json": JSON.stringify({ events: EVENTS }) },
  "newest first": { "a.json": jsonLines([...EVENTS].reverse()) },
};
