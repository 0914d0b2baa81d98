/** Renders logs as the rows of a Logs Insights query, in their default order. */
import { newestFirst, spaced, type Rendering } from "./render.ts";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export const INSIGHTS: readonly Rendering[] = [
  {
    name: "the output of get-query-results, newest first",
    render: (records, variant) => ({
      "rows.json": JSON.stringify({
        results: newestFirst(records, variant).map((record, index) => [
          { field: "@timestamp", value: spaced(record.timestamp) },
          { field: "@message", value: record.message },
          { field: "@logStream", value: record.logStreamName },
          { field: "@log", value: `123456789012:${record.logGroup}` },
          { field: "@ptr", value: `Cm${(index * 7919) % 1000}QKJg` },
        ]),
        statistics: {},
        status: "Complete",
      }),
    }),
  },
  {
    name: "the JSON that the console of Logs Insights copies, newest first",
    render: (records, variant) => ({
      "rows.json": JSON.stringify(
        newestFirst(records, variant).map((record) => ({
          "@timestamp": spaced(record.timestamp),
          "@message": variant % 2 === 0 ? record.message : objectOrText(record.message),
          "@logStream": record.logStreamName,
          "@log": `123456789012:${record.logGroup}`,
        })),
        null,
        2,
      ),
    }),
  },
  {
    name: "the CSV of Logs Insights, newest first, with or without its header",
    render: (records, variant) => ({
      "rows.csv": [
        ...(variant % 2 === 0 ? ["@timestamp,@message,@logStream,@log"] : []),
        ...newestFirst(records, variant).map((record) =>
          [
            spaced(record.timestamp),
            quoted(record.message),
            record.logStreamName,
            `123456789012:${record.logGroup}`,
          ].join(","),
        ),
      ].join("\n"),
    }),
  },
];

function objectOrText(message: string): unknown {
  try {
    return JSON.parse(message) as unknown;
  } catch {
    return message;
  }
}
