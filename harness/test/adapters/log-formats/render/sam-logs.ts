/** Renders logs as `sam logs` prints them: as text, on a terminal or not, and as JSON. */
import { printed } from "./aws-cli.ts";
import { coloured, iso, lines, type Rendering } from "./render.ts";

/** Writes a time without a time zone, and without a fraction of a second if that is zero. */
const time = (timestamp: number): string => iso(timestamp).replace("Z", "000").replace(/\.0+$/, "");

export const SAM_LOGS: readonly Rendering[] = [
  {
    name: "sam logs",
    render: (records) => ({
      "sam.txt": lines(
        records.map(
          (record) => `${record.logStreamName} ${time(record.timestamp)} ${printed(record.message, 2, "")}`,
        ),
      ),
    }),
  },
  {
    name: "sam logs as a terminal recorded it, with X-Ray lines in between",
    render: (records) => ({
      "typescript.txt": [
        ...records.map(
          (record, index) =>
            `${coloured(36, record.logStreamName)} ${coloured(33, time(record.timestamp))} ${
              record.message.startsWith("REPORT")
                ? coloured(31, record.message)
                : printed(record.message, 2, "")
            }\r\n${index % 5 === 0 ? "XRay Event [revision 1] at (2026-11-25T10:00:00) with id (1-2-3) and duration (0.1s)\r\n - 0.1s - device\r\n" : ""}`,
        ),
      ].join(""),
    }),
  },
  {
    name: "sam logs --output json",
    render: (records) => ({
      "sam.jsonl": lines(records.map(({ logGroup: _, ...event }) => JSON.stringify(event))),
    }),
  },
];
