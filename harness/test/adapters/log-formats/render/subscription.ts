/** Renders logs in the formats in which a log subscription delivers them to Lambda, Kinesis and Firehose. */
import { gzipSync } from "node:zlib";
import type { LogRecord } from "../../../../src/record/log-record.ts";
import { byStream, lines, type Rendering } from "./render.ts";

const CONTROL = {
  messageType: "CONTROL_MESSAGE",
  owner: "CloudwatchLogs",
  logGroup: "",
  logStream: "",
  subscriptionFilters: [],
  logEvents: [
    { id: "", timestamp: 1_795_600_000_000, message: "CWL CONTROL MESSAGE: Checking health of destination." },
  ],
};

/** Makes the messages of a subscription. The first message is its test message. Each other message has some events of one stream. */
function payloads(records: readonly LogRecord[], variant: number): readonly object[] {
  const size = 1 + (variant % 7);
  const all: object[] = [CONTROL];
  for (const [stream, own] of byStream(records))
    for (let from = 0; from < own.length; from += size)
      all.push({
        messageType: "DATA_MESSAGE",
        owner: "123456789012",
        logGroup: own[0]?.logGroup,
        logStream: stream,
        subscriptionFilters: ["all"],
        logEvents: own
          .slice(from, from + size)
          .map(({ eventId, timestamp, message }) => ({ id: eventId, timestamp, message })),
      });
  return all;
}

const compress = (payload: object): string => gzipSync(JSON.stringify(payload)).toString("base64");

export const SUBSCRIPTION: readonly Rendering[] = [
  {
    name: "messages of a subscription, one after the other without line ends",
    render: (records, variant) => ({
      firehose: payloads(records, variant)
        .map((one) => JSON.stringify(one))
        .join(""),
    }),
  },
  {
    name: "files from Firehose, compressed with gzip once or twice",
    render: (records, variant) => {
      const once = Buffer.concat(payloads(records, variant).map((one) => gzipSync(JSON.stringify(one))));
      return { firehose: variant % 2 === 0 ? once : gzipSync(once) };
    },
  },
  {
    name: "subscription events that a Lambda function archived, with `awslogs.data`",
    render: (records, variant) => ({
      "events.json": payloads(records, variant)
        .map((one) => JSON.stringify({ awslogs: { data: compress(one) } }, null, variant % 2 === 0 ? 0 : 2))
        .join("\n"),
    }),
  },
  {
    name: "a Lambda event with Kinesis records",
    render: (records, variant) => ({
      "event.json": JSON.stringify(
        {
          Records: payloads(records, variant).map((one) => ({
            kinesis: { kinesisSchemaVersion: "1.0", partitionKey: "1", data: compress(one) },
            eventSource: "aws:kinesis",
          })),
        },
        null,
        variant % 2 === 0 ? 0 : 2,
      ),
    }),
  },
  {
    name: "the output of kinesis get-records",
    render: (records, variant) => ({
      "records.json": JSON.stringify(
        {
          Records: payloads(records, variant).map((one, index) => ({
            SequenceNumber: `${index}`,
            Data: compress(one),
            PartitionKey: "1",
          })),
          NextShardIterator: "AAAA",
          MillisBehindLatest: 0,
        },
        null,
        4,
      ),
    }),
  },
  {
    name: "the data of kinesis get-records in text format",
    render: (records, variant) => ({
      "records.txt":
        variant % 2 === 0
          ? lines(payloads(records, variant).map(compress))
          : payloads(records, variant).map(compress).join("\t"),
    }),
  },
  {
    name: "a Lambda event with Firehose records",
    render: (records, variant) => ({
      "event.json": JSON.stringify({
        invocationId: "1",
        deliveryStreamArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/logs",
        region: "eu-central-1",
        records: payloads(records, variant).map((one, index) => ({
          recordId: `${index}`,
          approximateArrivalTimestamp: 1_795_600_000_000,
          data: compress(one),
        })),
      }),
    }),
  },
];
