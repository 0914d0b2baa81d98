/** What a subscription delivers to Lambda, Kinesis and Firehose. */
import { gzipSync } from "node:zlib";
import type { LogRecord } from "../../../../src/domain/log-record.ts";
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

/** Each message has some events of one stream. The first message is the subscription's test message. */
function payloads(records: readonly LogRecord[], choice: number): readonly object[] {
  const size = 1 + (choice % 7);
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

const packed = (payload: object): string => gzipSync(JSON.stringify(payload)).toString("base64");

export const SUBSCRIPTION: readonly Rendering[] = [
  {
    name: "what a subscription delivers, one after the other without a line end",
    render: (records, choice) => ({
      firehose: payloads(records, choice)
        .map((one) => JSON.stringify(one))
        .join(""),
    }),
  },
  {
    name: "files of Firehose, packed once and once more",
    render: (records, choice) => {
      const once = Buffer.concat(payloads(records, choice).map((one) => gzipSync(JSON.stringify(one))));
      return { firehose: choice % 2 === 0 ? once : gzipSync(once) };
    },
  },
  {
    name: "events of a Lambda function that archives",
    render: (records, choice) => ({
      "events.json": payloads(records, choice)
        .map((one) => JSON.stringify({ awslogs: { data: packed(one) } }, null, choice % 2 === 0 ? 0 : 2))
        .join("\n"),
    }),
  },
  {
    name: "an event of Lambda with records of Kinesis",
    render: (records, choice) => ({
      "event.json": JSON.stringify(
        {
          Records: payloads(records, choice).map((one) => ({
            kinesis: { kinesisSchemaVersion: "1.0", partitionKey: "1", data: packed(one) },
            eventSource: "aws:kinesis",
          })),
        },
        null,
        choice % 2 === 0 ? 0 : 2,
      ),
    }),
  },
  {
    name: "the output of kinesis get-records",
    render: (records, choice) => ({
      "records.json": JSON.stringify(
        {
          Records: payloads(records, choice).map((one, index) => ({
            SequenceNumber: `${index}`,
            Data: packed(one),
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
    name: "the data of kinesis get-records as text",
    render: (records, choice) => ({
      "records.txt":
        choice % 2 === 0
          ? lines(payloads(records, choice).map(packed))
          : payloads(records, choice).map(packed).join("\t"),
    }),
  },
  {
    name: "an event of Lambda with records of Firehose",
    render: (records, choice) => ({
      "event.json": JSON.stringify({
        invocationId: "1",
        deliveryStreamArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/logs",
        region: "eu-central-1",
        records: payloads(records, choice).map((one, index) => ({
          recordId: `${index}`,
          approximateArrivalTimestamp: 1_795_600_000_000,
          data: packed(one),
        })),
      }),
    }),
  },
];
