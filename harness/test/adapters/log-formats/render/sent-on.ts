/** Renders logs that were forwarded to Datadog or Grafana Loki, in the formats in which these services return them. */
import { lines, newestFirst, byStream, iso, type Rendering } from "./render.ts";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const nanoseconds = (time: number): string => `${time}000000`;

export const SENT_ON: readonly Rendering[] = [
  {
    name: "the answer of Datadog's search API",
    render: (records, variant) => ({
      "datadog.json": JSON.stringify(
        {
          data: newestFirst(records, variant).map((record, index) => ({
            id: `AwAAA${index}`,
            type: "log",
            attributes: {
              timestamp: iso(record.timestamp),
              service: "device",
              status: "info",
              host: "arn:aws:lambda:eu-central-1:123456789012:function:device",
              message: record.message,
              tags: ["env:production"],
              attributes: {
                aws: {
                  awslogs: {
                    logGroup: record.logGroup,
                    logStream: record.logStreamName,
                    owner: "123456789012",
                  },
                },
              },
            },
          })),
          meta: { page: { after: "x" } },
        },
        null,
        variant % 2 === 0 ? 0 : 2,
      ),
    }),
  },
  {
    name: "Datadog's CSV with a column for the log stream",
    render: (records, variant) => ({
      "extract.csv": lines([
        "Date,Host,Service,@aws.awslogs.logStream,Content",
        ...newestFirst(records, variant).map((record) =>
          [
            quoted(iso(record.timestamp)),
            quoted("arn:aws:lambda:eu-central-1:123456789012:function:device"),
            quoted("device"),
            quoted(record.logStreamName),
            quoted(record.message),
          ].join(","),
        ),
      ]),
    }),
  },
  {
    name: "the answer of Loki's API",
    render: (records, variant) => ({
      "loki.json": JSON.stringify(
        {
          status: "success",
          data: {
            resultType: "streams",
            result: [...byStream(records)].map(([stream, own]) => ({
              stream: {
                __aws_cloudwatch_log_group: own[0]?.logGroup ?? "",
                __aws_cloudwatch_log_stream: stream,
              },
              values: newestFirst(own, variant).map((record) => [
                nanoseconds(record.timestamp),
                record.message,
              ]),
            })),
            stats: {},
          },
        },
        null,
        variant % 2 === 0 ? 0 : 2,
      ),
    }),
  },
  {
    name: "logcli query --output jsonl",
    render: (records, variant) => ({
      "loki.jsonl": lines(
        newestFirst(records, variant).map((record) =>
          JSON.stringify({
            labels: { log_group: record.logGroup, log_stream: record.logStreamName },
            line: record.message,
            timestamp: iso(record.timestamp),
          }),
        ),
      ),
    }),
  },
  {
    name: "the JSON that Grafana downloads",
    render: (records, variant) => ({
      "explore.json": JSON.stringify(
        newestFirst(records, variant).map((record) => ({
          line: record.message,
          timestamp: nanoseconds(record.timestamp),
          date: iso(record.timestamp),
          fields: { log_group: record.logGroup, stream: record.logStreamName },
        })),
        null,
        2,
      ),
    }),
  },
  {
    name: "the CSV of Grafana's inspector, with labels",
    render: (records, variant) => ({
      "inspector.csv": lines([
        '"labels","Time","Line","tsNs","id"',
        ...newestFirst(records, variant).map((record, index) =>
          [
            JSON.stringify({ log_stream: record.logStreamName }),
            "2026-11-25 10:00:00",
            record.message,
            nanoseconds(record.timestamp),
            `${index}`,
          ]
            .map(quoted)
            .join(","),
        ),
      ]),
    }),
  },
];
