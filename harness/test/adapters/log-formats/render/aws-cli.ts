/** Renders logs as the AWS CLI prints them (`aws logs filter-log-events`, `get-log-events` and `tail`), and as the export to S3 writes them. */
import { gzipSync } from "node:zlib";
import { coloured, fileForEachStream, iso, lines, trimmed, type Rendering } from "./render.ts";

const tailTime = (time: number): string => iso(time).replace("Z", "000+00:00");

export const AWS_CLI: readonly Rendering[] = [
  {
    name: "the output of filter-log-events",
    render: (records) => ({
      "events.json": JSON.stringify(
        { events: records.map(({ logGroup: _, ...event }) => event), searchedLogStreams: [] },
        null,
        4,
      ),
    }),
  },
  {
    name: "the output of filter-log-events as text",
    render: (records) => ({
      "events.txt": records
        .map(
          ({ eventId, ingestionTime, logStreamName, message, timestamp }) =>
            `EVENTS\t${(eventId ?? "").padStart(56, "3")}\t${ingestionTime}\t${logStreamName}\t${message}\t${timestamp}\n`,
        )
        .join(""),
    }),
  },
  {
    name: "the output of get-log-events, a file for each stream",
    render: (records) =>
      fileForEachStream(records, ".json", (own) =>
        JSON.stringify(
          {
            events: own.map(({ timestamp, message, ingestionTime }) => ({
              timestamp,
              message,
              ingestionTime,
            })),
          },
          null,
          4,
        ),
      ),
  },
  {
    name: "the export to S3",
    render: (records) =>
      fileForEachStream(records, "/000000.gz", (own) =>
        gzipSync(
          own
            .map(
              ({ timestamp, message }) => `${iso(timestamp)} ${message}${message.endsWith("\n") ? "" : "\n"}`,
            )
            .join(""),
        ),
      ),
  },
  {
    name: "aws logs tail, in colours or without",
    render: (records, variant) => ({
      "tail.txt": lines(
        records.map((record) => {
          const [time, stream] = [tailTime(record.timestamp), record.logStreamName];
          return variant % 2 === 0
            ? `${time} ${stream} ${trimmed(record)}`
            : `${coloured(32, time)} ${coloured(36, stream)} ${trimmed(record)}`;
        }),
        variant % 3 === 0 ? "\r\n" : "\n",
      ),
    }),
  },
  {
    name: "aws logs tail --format json",
    render: (records) => ({
      "tail.txt": lines(
        records.map(
          (record) =>
            `${tailTime(record.timestamp)} ${record.logStreamName} ${printed(record.message, 4, "\n")}`,
        ),
      ),
    }),
  },
];

/**
 * If the message is JSON, returns `before` and then the JSON on several indented lines, as the tools print it. Any other message is
 * returned without the white space at its end.
 */
export function printed(message: string, indent: number, before: string): string {
  try {
    return `${before}${JSON.stringify(JSON.parse(message), null, indent)}`;
  } catch {
    return message.trimEnd();
  }
}
