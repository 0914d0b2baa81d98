/** Renders logs as the tool `awslogs get` prints them, with its columns. */
import { coloured, iso, lines, trimmed, type Rendering } from "./render.ts";

export const AWSLOGS: readonly Rendering[] = [
  {
    name: "awslogs get --timestamp, with and without group, ingestion time and colours",
    render: (records, variant) => ({
      "awslogs.txt": lines(
        records.map((record) => {
          const paint = (color: number, text: string): string =>
            variant % 2 === 0 ? text : coloured(color, text);
          return [
            ...(variant % 3 === 0 ? [] : [paint(32, record.logGroup)]),
            paint(36, record.logStreamName.padEnd(60)),
            paint(33, iso(record.timestamp)),
            ...(variant % 5 === 0 ? [paint(34, iso(record.ingestionTime ?? 0))] : []),
            trimmed(record),
          ].join(" ");
        }),
      ),
    }),
  },
  {
    name: "awslogs get without times, where every line is JSON",
    render: (records) => ({
      "awslogs.txt": lines(
        records.map((record) => `${record.logGroup} ${record.logStreamName} ${trimmed(record)}`),
      ),
    }),
    loses: ({ message }) => !message.startsWith("{"),
  },
];
