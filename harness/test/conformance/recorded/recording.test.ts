/**
 * Plays recordings of `make verify` against the engine: one that is made here, against the engine instead of AWS, and any recording (`*.jsonl`) in
 * data/. LONGRUN_RECORDING names another recording.
 */
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { env } from "node:process";
import { packageRoot } from "../../../src/adapters/node/assets.ts";
import { linesNow } from "../../../../scripts/infra/verify/log-lines.ts";
import { packProbe } from "../../../../scripts/infra/verify/pack-probe.ts";
import type { Probe } from "../../../../scripts/infra/verify/probe.ts";
import { crash, timeOut } from "../../../../scripts/infra/verify/probes/failures.ts";
import { frozenClockAfter } from "../../../../scripts/infra/verify/probes/frozen-clock.ts";
import { throttle } from "../../../../scripts/infra/verify/probes/throttle.ts";
import { unusedInit } from "../../../../scripts/infra/verify/probes/unused-init.ts";
import { update } from "../../../../scripts/infra/verify/probes/update.ts";
import { AnswerRecorder } from "../../../../scripts/infra/verify/recording/answer-recorder.ts";
import {
  RECORDING_FILE,
  readRecording,
  type Recording,
} from "../../../../scripts/infra/verify/recording/recording.ts";
import { TIMEOUT_SECONDS } from "../../../../scripts/infra/verify/verify-settings.ts";
import { realEngine, type RealEngine } from "../../engine/support/real-engine.ts";
import { probeContext } from "../../infra/verify/probe-context.ts";
import { describeInTestAll } from "../../support/test-all.ts";
import { withRecording } from "./fidelity-page.ts";
import { playRecording } from "./play-recording.ts";

const NAME = "lrv-1a2b3c4d";
const REGION = "eu-west-3";
const PROBES: readonly (readonly [string, Probe])[] = [
  ["unused-init", unusedInit],
  ["throttle", throttle],
  ["time-out", timeOut],
  ["crash", crash],
  ["frozen-clock", frozenClockAfter(100)],
  ["update", update],
];

describeInTestAll("conformance, recorded: a recording of make verify", function () {
  this.timeout(600_000);
  let recording: Recording;
  before(async () => {
    const on = await realEngine();
    try {
      recording = await record(on);
    } finally {
      await on.close();
    }
  });

  it("of the engine itself: the engine agrees with every answer and every line", async () => {
    const { replayed, left } = await playRecording(recording);
    const { calls, streams } = replayed;
    expect(left).to.equal(0);
    const differing = [
      ...calls.map(({ call, differs }) => ({ what: call.operation, differs })),
      ...streams.map(({ stream, differs }) => ({ what: stream.name, differs })),
    ].filter(({ differs }) => differs !== null);
    expect(differing).to.deep.equal([]);
    const invoked = calls.filter(({ call }) => call.operation === "Invoke").map(({ call }) => call.status);
    expect(invoked.sort()).to.deep.equal([...Array<number>(8).fill(200), 429]);
    expect(streams).to.have.lengthOf(3);
  });

  it("in which one answer was changed: the engine differs from this answer and from no other", async () => {
    const answers = recording.answers.map((one) =>
      one.status === 429
        ? { ...one, body: { ...(one.body as object), Reason: "CallerRateLimitExceeded" } }
        : one,
    );
    const { replayed } = await playRecording({ ...recording, answers });
    expect([...replayed.calls, ...replayed.streams].flatMap(({ differs }) => differs ?? [])).to.deep.equal([
      'Reason: recorded "CallerRateLimitExceeded", the engine "ReservedFunctionConcurrentInvocationLimitExceeded"',
    ]);
  });
});

const folder = new URL("data/", import.meta.url);
const given = env["LONGRUN_RECORDING"] ?? "";
const files = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => new URL(name, folder)),
  ...(given === "" ? [] : [given]),
];

describe("conformance, recorded: what docs/fidelity.md says of recordings", () => {
  for (const file of files)
    it(`is what the engine does now: ${basename(String(file))}`, async function () {
      this.timeout(600_000);
      const recording = readRecording(readFileSync(file, "utf8"));
      const { replayed } = await playRecording(recording);
      if (recording.head.target === "aws") {
        const page = readFileSync(join(packageRoot(), "docs", "fidelity.md"), "utf8");
        expect(withRecording(page, replayed, recording.head.at.slice(0, 10))).to.equal(page);
      } else
        expect(
          [...replayed.calls, ...replayed.streams].filter(({ differs }) => differs !== null),
        ).to.deep.equal([]);
    });
});

/** Deploys the verification's function on the engine, runs probes, and returns the recording of all answers. */
async function record({ engine, folder }: RealEngine): Promise<Recording> {
  const file = join(folder, RECORDING_FILE);
  const packageFile = join(folder, "probe.zip");
  await packProbe(packageFile);
  const connection = {
    endpoint: engine.endpoint,
    region: REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const lambda = new LambdaClient({ ...connection, maxAttempts: 1 });
  const logs = new CloudWatchLogsClient(connection);
  try {
    const FunctionName = `${NAME}-probe`;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: "nodejs22.x",
        Handler: "probe-handler.handler",
        Role: `arn:aws:iam::123456789012:role/${FunctionName}`,
        Code: { ZipFile: readFileSync(packageFile) },
        Timeout: TIMEOUT_SECONDS,
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
        Tags: { Longrun: NAME },
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 600 }, { FunctionName });
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 2 }));
    const recorder = new AnswerRecorder({
      file,
      name: NAME,
      region: REGION,
      target: "local",
      at: "2026-11-26T13:30:00.000Z",
      reserved: 2,
    });
    recorder.record("lambda", lambda);
    recorder.record("logs", logs);
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const context = {
      ...probeContext({ name: NAME, region: REGION }),
      lambda,
      logs,
      functionName: FunctionName,
      logGroup: `/aws/lambda/${FunctionName}`,
    };
    for (const [id, probe] of PROBES) {
      const { outcome, text } = await probe(context);
      expect(outcome, `${id}: ${text}`).to.equal("confirmed");
    }
    await linesNow(context);
  } finally {
    lambda.destroy();
    logs.destroy();
  }
  const text = readFileSync(file, "utf8");
  for (const secret of [NAME, REGION, "123456789012", engine.endpoint]) expect(text).not.to.contain(secret);
  expect(text).not.to.match(/"[0-9a-f]{8}-[0-9a-f]{4}-/);
  return readRecording(text);
}
