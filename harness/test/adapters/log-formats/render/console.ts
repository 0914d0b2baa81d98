/** Renders logs as the CSV download of the CloudWatch console, and as text that is copied from the console's page of a log stream. */
import type { LogRecord } from "../../../../src/record/log-record.ts";
import { printed } from "./aws-cli.ts";
import { fileForEachStream, iso, lines, local, trimmed, type Rendering } from "./render.ts";

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const blanked = (text: string): string => text.replace(/\s+/g, " ").trim();

const ABOVE =
  "Back to top\nLog events\n\nActions\nStart tailing\n\n1m\n1h\n\nClear\n\nTimestamp\n\t\nMessage\n\nNo older events at this moment. \nRetry\n";
const BELOW = "No newer events at this moment. \nAuto retry paused.\n \nResume\n \n33 events loaded\n";

function copied(record: LogRecord, variant: number): string {
  const time = variant % 2 === 0 ? iso(record.timestamp) : local(record.timestamp);
  const text = trimmed(record);
  switch (variant % 5) {
    case 0:
      return `${time}\n${text}\n`;
    case 1:
      return `${time}\n${blanked(text)}\n\n`;
    case 2:
      return `${time}\t${blanked(text)}\n\n`;
    case 3:
      return `${time}\n${text}\n\n${blanked(text)}\n`;
    default:
      return `${time}\n${text}\n\nCopy\n${text.startsWith("{") ? printed(text, 4, "") : blanked(text)}\n`;
  }
}

export const CONSOLE: readonly Rendering[] = [
  {
    name: "the console's CSV, with or without its header, also as a spreadsheet saves it",
    render: (records, variant) =>
      fileForEachStream(records, ".csv", (own) => {
        const separator = variant % 3 === 0 ? ";" : ",";
        return lines(
          [
            ...(variant % 2 === 0 ? [`timestamp${separator}message`] : []),
            ...own.map((record) => `${record.timestamp}${separator}${quoted(record.message)}`),
          ],
          variant % 5 === 0 ? "\r\n" : "\n",
        );
      }),
  },
  {
    name: "a CSV of several streams without its header",
    render: (records) => ({
      "events.csv": lines(
        records.map((record) => [record.timestamp, record.logStreamName, quoted(record.message)].join(",")),
      ),
    }),
  },
  {
    name: "streams copied from the console, with rows collapsed or expanded, and tabs kept or lost",
    render: (records, variant) =>
      fileForEachStream(records, ".txt", (own) =>
        [
          variant % 3 === 0 ? "" : ABOVE,
          ...own.map((record, index) => copied(record, (variant % 2) + 2 * (variant + index))),
          BELOW,
        ].join(""),
      ),
  },
];
