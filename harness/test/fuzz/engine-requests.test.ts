/** The engine's endpoint: Lambda API, Invoke, control API and CloudWatch Logs API, with a fleet that starts no processes. */
import { expect } from "chai";
import { startConductor } from "../../src/engine/scheduling/plan/conductor.ts";
import { authorization } from "../engine/support/raw-request.ts";
import { activeFunction, handlerZip, testEngine } from "../engine/support/test-engine.ts";
import { lambdaRequests } from "./samples/lambda-requests.ts";
import { LOGS_REQUESTS } from "./samples/logs-requests.ts";
import { checkAnswer } from "./support/http-answer.ts";
import { namesProblem } from "./support/names-problem.ts";
import { fuzz, type FuzzProbe } from "./support/fuzz.ts";
import { exchange, requestText, wireRequest } from "./support/http-request.ts";

const ZIP = await handlerZip();
const ALIVE = Buffer.from(requestText("GET /2016-08-19/account-settings"));

async function engineProbe(service: "lambda" | "logs"): Promise<FuzzProbe> {
  const engine = await testEngine({}, startConductor);
  await activeFunction(engine, "device", ZIP);
  const { hostname: host, port } = new URL(engine.engine.endpoint);
  const place = { host, port: Number(port) };
  const usual = { host: `${host}:${port}`, authorization: authorization(service) };
  return {
    async check({ bytes }) {
      const request = wireRequest(bytes, usual);
      checkAnswer(await exchange(place, request), request);
      // The engine may report a problem such as a dropped event, but no error with a stack.
      for (const problem of engine.problems.splice(0))
        namesProblem(problem, request.bytes.toString("latin1"));
      const alive = await exchange(place, wireRequest(ALIVE, { ...usual, authorization: authorization() }));
      expect(alive.status).to.equal(200);
    },
    close: () => engine.close(),
  };
}

fuzz("lambda-api", {
  samples: lambdaRequests(ZIP.toString("base64")),
  start: () => engineProbe("lambda"),
  growthMaxMiB: 64,
});

fuzz("logs-api", { samples: LOGS_REQUESTS, start: () => engineProbe("logs"), growthMaxMiB: 64 });
