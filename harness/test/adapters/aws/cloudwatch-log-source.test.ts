import { expect } from "chai";
import { cloudwatchLogSource } from "../../../src/adapters/aws/cloudwatch-log-source.ts";
import { serviceConnection } from "../../../src/adapters/aws/service-connection.ts";
import type { LongrunError } from "../../../src/base/errors.ts";
import { ANOTHER_LOG_GROUP } from "../../../src/words/log-class.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import { epochMs } from "../../../src/base/time.ts";
import { cannedService, json } from "./canned-service.ts";

const event = (id: number) => ({
  eventId: String(id),
  logStreamName: "s",
  timestamp: id,
  message: `line ${id}\n`,
  ingestionTime: id + 1,
});
const record = (id: number) => ({
  logGroup: "/aws/lambda/one",
  logStreamName: "s",
  timestamp: id,
  message: `line ${id}\n`,
  ingestionTime: id + 1,
  eventId: String(id),
});

async function read(answers: readonly { readonly status: number; readonly body: unknown }[]) {
  const left = [...answers];
  const service = await cannedService((_asked, response) => {
    const { status, body } = left.shift() ?? { status: 500, body: {} };
    json(response, status, body, { "content-type": "application/x-amz-json-1.1" });
  });
  let throttled = 0;
  const source = cloudwatchLogSource(
    serviceConnection({ region: "us-east-1", endpoint: service.endpoint }),
    () => void (throttled += 1),
  );
  const records: LogRecord[] = [];
  try {
    for await (const page of source.read("/aws/lambda/one", epochMs(5.5), new AbortController().signal))
      records.push(...page);
    return {
      records,
      throttled,
      error: null,
      asked: service.asked.map(({ body }) => JSON.parse(body) as unknown),
    };
  } catch (error) {
    return { records, throttled, error: error as Error, asked: [] };
  } finally {
    source.close();
    await service.close();
  }
}

describe("cloudwatchLogSource", () => {
  it("reads all pages to the end, even if some are empty", async () => {
    const { records, asked } = await read([
      { status: 200, body: { events: [event(6), event(7)], nextToken: "a" } },
      { status: 200, body: { events: [], nextToken: "b" } },
      { status: 200, body: { nextToken: "c" } },
      { status: 200, body: { events: [event(8)] } },
    ]);
    const request = { logGroupName: "/aws/lambda/one", startTime: 5 };
    expect({ records, asked }).to.deep.equal({
      records: [record(6), record(7), record(8)],
      asked: [
        request,
        { ...request, nextToken: "a" },
        { ...request, nextToken: "b" },
        { ...request, nextToken: "c" },
      ],
    });
  });

  it("repeats a throttled request, and reports each throttle", async () => {
    const { records, throttled } = await read([
      { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } },
      { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } },
      { status: 200, body: { events: [event(6)] } },
    ]);
    expect([records, throttled]).to.deep.equal([[record(6)], 2]);
  });

  it("finds nothing in a group that does not exist yet", async () => {
    const { records, error } = await read([
      { status: 400, body: { __type: "ResourceNotFoundException", message: "no group" } },
    ]);
    expect({ records, error }).to.deep.equal({ records: [], error: null });
  });

  it("reports which log group it has no permission to read", async () => {
    const { error } = await read([
      { status: 400, body: { __type: "AccessDeniedException", message: "not allowed" } },
    ]);
    expect(error?.message).to.equal("The log group /aws/lambda/one cannot be read: not allowed");
  });

  it("says that a log group whose class AWS refuses can never be read, and what to do", async () => {
    const { error } = await read([
      {
        status: 400,
        body: {
          __type: "InvalidOperationException",
          message:
            "The log group /aws/lambda/one is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.",
        },
      },
    ]);
    const { code, message, hint } = error as LongrunError;
    expect({ code, message, hint }).to.deep.equal({
      code: "usage",
      message:
        "The log group /aws/lambda/one can never be read: The log group /aws/lambda/one is of log-group-class INFREQUENT_ACCESS. FilterLogEvents is not supported for this log class.",
      hint: ANOTHER_LOG_GROUP,
    });
  });
});
