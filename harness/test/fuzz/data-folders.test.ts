/** Data folders of an earlier engine, some of them damaged: a new engine starts and serves, and reports what is wrong. */
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import { openEngine } from "../../src/engine/start/open-engine.ts";
import { fakeFleet } from "../engine/support/fake-fleet.ts";
import { authorization } from "../engine/support/raw-request.ts";
import { activeFunction, handlerZip, testEngine } from "../engine/support/test-engine.ts";
import { checkAnswer } from "./support/http-answer.ts";
import { folderBytes, writeFolder } from "./support/folder-text.ts";
import { fuzz } from "./support/fuzz.ts";
import { textOf } from "./support/fuzz-case.ts";
import { exchange, requestText, wireRequest } from "./support/http-request.ts";
import { namesProblem, refusedInWords } from "./support/names-problem.ts";
import { workFolder } from "./support/work-folder.ts";
import { PublishLayerVersionCommand, PublishVersionCommand } from "@aws-sdk/client-lambda";

const logsCall = (operation: string, body: unknown): string =>
  requestText("POST /", body, { "x-amz-target": `Logs_20140328.${operation}` });
const GROUP = { logGroupName: "/aws/lambda/device" };

/** Requests to the new engine. */
const REQUESTS = [
  requestText("GET /2015-03-31/functions?FunctionVersion=ALL"),
  requestText("GET /2015-03-31/functions/device"),
  requestText("GET /2018-10-31/layers"),
  logsCall("DescribeLogGroups", {}),
  logsCall("DescribeLogStreams", GROUP),
  logsCall("FilterLogEvents", GROUP),
].map((text) => Buffer.from(text));

async function sample(): Promise<Buffer> {
  const work = workFolder();
  const engine = await testEngine({ dataFolder: work.path });
  const zip = await handlerZip();
  await activeFunction(engine, "device", zip, { Environment: { Variables: { PEER: "b" } } });
  await engine.lambda.send(new PublishVersionCommand({ FunctionName: "device" }));
  await engine.lambda.send(new PublishLayerVersionCommand({ LayerName: "tools", Content: { ZipFile: zip } }));
  const [, port] = new URL(engine.engine.endpoint).host.split(":");
  const place = { host: "127.0.0.1", port: Number(port) };
  for (const call of [
    logsCall("CreateLogGroup", GROUP),
    logsCall("CreateLogStream", { ...GROUP, logStreamName: "s" }),
    logsCall("PutRetentionPolicy", { ...GROUP, retentionInDays: 7 }),
    logsCall("PutLogEvents", {
      ...GROUP,
      logStreamName: "s",
      logEvents: [{ timestamp: Date.now(), message: "START" }],
    }),
  ])
    await exchange(
      place,
      wireRequest(Buffer.from(call), { host: "localhost", authorization: authorization("logs") }),
    );
  await engine.close();
  const bytes = folderBytes(work.path);
  work.remove();
  return bytes;
}

const SAMPLE = await sample();

fuzz("data-folders", {
  samples: [SAMPLE],
  start() {
    const work = workFolder();
    return {
      async check(input) {
        const dataFolder = work.fresh("data");
        writeFolder(input.bytes, dataFolder);
        const given = textOf(input);
        await refusedInWords(given, async () => {
          const problems: string[] = [];
          const settings = {
            host: "127.0.0.1",
            port: 0,
            dataFolder,
            platform: null,
            clock: systemClock,
            version: "0.0.0",
          };
          const engine = await openEngine(
            { ...settings, report: (problem) => problems.push(problem) },
            {
              createFleet: () => Promise.resolve(fakeFleet()),
              startConductor: () => {
                throw new Error("no plan is loaded");
              },
            },
          );
          try {
            const place = { host: "127.0.0.1", port: Number(new URL(engine.endpoint).port) };
            for (const bytes of REQUESTS) {
              const request = wireRequest(bytes, { host: "localhost", authorization: authorization() });
              checkAnswer(await exchange(place, request), request);
            }
            for (const problem of problems) namesProblem(problem, given);
          } finally {
            await engine.close();
          }
        });
      },
      close: () => work.remove(),
    };
  },
});
