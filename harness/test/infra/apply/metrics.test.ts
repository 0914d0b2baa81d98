/**
 * Runs `longrun analyze --log-group` against moto, which implements CloudWatch Logs and metrics. The clients find moto by AWS_ENDPOINT_URL, so
 * the tool runs the same code as with AWS.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import type { RunResult } from "../../../src/result/run-result.ts";
import { MINUTE, recordsOf, type Metered } from "../../analysis/attribution/metered-log.ts";
import { ROOT } from "./local-target.ts";
import { ownMoto } from "./own-moto.ts";

const REGION = "eu-central-1";

describe("CloudWatch's metrics, read from moto", function () {
  this.timeout(300_000);
  const endpoint = ownMoto();
  let logs: CloudWatchLogsClient;
  let metrics: CloudWatchClient;
  before(() => {
    const connection = {
      region: REGION,
      endpoint: endpoint(),
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    };
    logs = new CloudWatchLogsClient(connection);
    metrics = new CloudWatchClient(connection);
  });
  after(() => {
    logs.destroy();
    metrics.destroy();
  });

  /** One hour ago, at the beginning of a minute. */
  const begin = Math.floor(Date.now() / MINUTE) * MINUTE - 60 * MINUTE;
  const six = (fails: (n: number) => Metered["fails"]): readonly Metered[] =>
    Array.from({ length: 6 }, (_, n) => ({
      environment: n % 2,
      start: begin + n * MINUTE + 20_000,
      durationMs: 40,
      fails: fails(n),
      jitterMs: 0,
    }));

  /** Writes the logs to moto's CloudWatch Logs, one stream per environment, as Lambda does. */
  async function writeLogs(name: string, invocations: readonly Metered[]): Promise<void> {
    const logGroupName = `/aws/lambda/${name}`;
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const records = recordsOf(invocations);
    for (const logStreamName of new Set(records.map((record) => record.logStreamName))) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const logEvents = records
        .filter((record) => record.logStreamName === logStreamName)
        .map(({ timestamp, message }) => ({ timestamp, message }));
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    }
  }

  async function countMetrics(name: string, invocations: readonly Metered[]): Promise<void> {
    const Dimensions = [{ Name: "FunctionName", Value: name }];
    for (const { start, fails } of invocations) {
      const datum = (MetricName: string) => ({
        MetricName,
        Dimensions,
        Timestamp: new Date(start),
        Value: 1,
      });
      await metrics.send(
        new PutMetricDataCommand({
          Namespace: "AWS/Lambda",
          MetricData: [datum("Invocations"), ...(fails === "no" ? [] : [datum("Errors")])],
        }),
      );
    }
  }

  function analyze(
    name: string,
  ): Promise<{ readonly code: number; readonly one: FunctionResult; readonly err: string }> {
    const flags = ["--log-group", `/aws/lambda/${name}`, "--since", "2h", "--region", REGION, "--json"];
    const own = { AWS_ENDPOINT_URL: endpoint(), AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
    return new Promise((resolve, reject) => {
      execFile(
        execPath,
        [join(ROOT, "dist", "longrun.js"), "analyze", ...flags],
        { env: { ...env, ...own, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } },
        (error, out, err) => {
          const [one] = out === "" ? [] : (JSON.parse(out) as RunResult).functions;
          if (one === undefined) reject(new Error(err));
          else resolve({ code: Number(error?.code ?? 0), one, err });
        },
      );
    });
  }

  it("decide the outcomes that the log leaves open", async () => {
    const invocations = six((n) => (n === 2 ? "shown" : "no"));
    await writeLogs("agrees", invocations);
    await countMetrics("agrees", invocations);
    const { code, one, err } = await analyze("agrees");
    expect(
      [code, one.invocations.succeeded, one.invocations.functionErrors, one.invocations.unknown],
      err,
    ).to.deep.equal([2, 5, 1, 0]);
    const { agree, settled, invocations: counted, errors } = one.metrics ?? {};
    expect({ agree, settled, counted, errors }).to.deep.equal({
      agree: true,
      settled: 5,
      counted: { logged: 6, counted: 6 },
      errors: { logged: 1, counted: 1 },
    });
  });

  it("contradict a log that hides a failure, and leave all outcomes unknown", async () => {
    const invocations = six((n) => (n === 4 ? "hidden" : "no"));
    await writeLogs("differs", invocations);
    await countMetrics("differs", invocations);
    const { one } = await analyze("differs");
    expect([one.metrics?.agree, one.metrics?.errors, one.invocations.unknown]).to.deep.equal([
      false,
      { logged: 0, counted: 1 },
      6,
    ]);
    expect(one.reasons).to.include("accounting");
  });

  it("decide nothing if CloudWatch has none for the function", async () => {
    await writeLogs(
      "silent",
      six(() => "no"),
    );
    const { one, err } = await analyze("silent");
    expect(
      [one.metrics?.why, one.invocations.unknown, one.reasons.includes("accounting")],
      err,
    ).to.deep.equal(["no-data-points", 6, false]);
  });
});
