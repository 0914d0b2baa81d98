/** The requests for GetMetricData that the client sends, its pages, throttles, and the message after a refusal. */
import { expect } from "chai";
import { cloudwatchMetricSource } from "../../../src/adapters/aws/cloudwatch-metric-source.ts";
import { serviceConnection } from "../../../src/adapters/aws/service-connection.ts";
import type { MetricPoint } from "../../../src/record/function-metrics.ts";
import { cannedService, json } from "./canned-service.ts";

const FROM = Date.parse("2026-11-25T10:00:00.000Z");
const RANGE = { from: FROM, to: FROM + 180_000 };
const at = (minute: number): number => FROM / 1_000 + minute * 60;
const result = (Id: string, minutes: readonly number[], Values: readonly number[]): object => ({
  Id,
  Label: Id,
  Timestamps: minutes.map(at),
  Values,
  StatusCode: "Complete",
});

async function read(
  functionName: string,
  answers: readonly { readonly status: number; readonly body: unknown }[],
) {
  const left = [...answers];
  const service = await cannedService((_asked, response) => {
    const { status, body } = left.shift() ?? { status: 500, body: {} };
    json(response, status, body, { "content-type": "application/x-amz-json-1.0" });
  });
  const source = cloudwatchMetricSource(
    serviceConnection({ region: "us-east-1", endpoint: service.endpoint }),
  );
  let points: readonly MetricPoint[] = [];
  let error: string | null = null;
  try {
    points = await source.read(functionName, RANGE, new AbortController().signal);
  } catch (thrown) {
    error = (thrown as Error).message;
  } finally {
    source.close();
    await service.close();
  }
  return {
    points,
    error,
    asked: service.asked.map(({ body }) => JSON.parse(body) as Record<string, unknown>),
  };
}

describe("cloudwatchMetricSource", () => {
  it("requests sums for each minute, for the function's name only (no version or alias)", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:own:live";
    const { asked, points } = await read(arn, [
      { status: 200, body: { MetricDataResults: [], Messages: [] } },
    ]);
    const query = (Id: string, MetricName: string): object => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: "AWS/Lambda",
          MetricName,
          Dimensions: [{ Name: "FunctionName", Value: "own" }],
        },
        Period: 60,
        Stat: "Sum",
      },
    });
    expect({ asked, points }).to.deep.equal({
      asked: [
        {
          StartTime: RANGE.from / 1_000,
          EndTime: RANGE.to / 1_000,
          ScanBy: "TimestampAscending",
          MetricDataQueries: [query("invocations", "Invocations"), query("errors", "Errors")],
        },
      ],
      points: [],
    });
  });

  it("reads all pages", async () => {
    const { points, asked } = await read("own", [
      {
        status: 200,
        body: { MetricDataResults: [result("invocations", [0, 1], [12, 3])], NextToken: "more" },
      },
      {
        status: 200,
        body: { MetricDataResults: [result("invocations", [2], [7]), result("errors", [1], [2])] },
      },
    ]);
    expect(points).to.deep.equal([
      { time: "2026-11-25T10:00:00.000Z", invocations: 12, errors: null },
      { time: "2026-11-25T10:01:00.000Z", invocations: 3, errors: 2 },
      { time: "2026-11-25T10:02:00.000Z", invocations: 7, errors: null },
    ]);
    expect(asked.map(({ NextToken }) => NextToken)).to.deep.equal([undefined, "more"]);
  });

  it("repeats a throttled request", async () => {
    const throttled = { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } };
    const { points, asked } = await read("own", [
      throttled,
      throttled,
      { status: 200, body: { MetricDataResults: [result("invocations", [0], [1])] } },
    ]);
    expect([points.length, asked.length]).to.deep.equal([1, 3]);
  });

  it("reports which request was refused, and which permission allows it", async () => {
    const message =
      "User: arn:aws:iam::123456789012:user/a is not authorized to perform: cloudwatch:GetMetricData";
    const { error, asked } = await read("own", [
      { status: 403, body: { __type: "AccessDeniedException", message } },
    ]);
    expect([error, asked.length]).to.deep.equal([
      `CloudWatch's metrics of own cannot be read (cloudwatch:GetMetricData): ${message}`,
      1,
    ]);
  });
});
