import { expect } from "chai";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { ID, platform, report } from "./support/platform-report.ts";

describe("platform lines in text", () => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    [
      "INIT_START",
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:0f\n",
      platform({
        event: "init-start",
        phase: "init",
        initializationType: null,
        functionName: null,
        functionVersion: null,
        runtimeVersion: "nodejs:22.v50",
        format: "Text",
      }),
    ],
    [
      "INIT_START with another form of the version",
      "INIT_START Runtime Version: python:3.12.mainlinev2.v43",
      platform({
        event: "init-start",
        phase: "init",
        initializationType: null,
        functionName: null,
        functionVersion: null,
        runtimeVersion: "python:3.12.mainlinev2.v43",
        format: "Text",
      }),
    ],
    [
      "START",
      `START RequestId: ${ID} Version: $LATEST\n`,
      platform({ event: "start", requestId: ID, version: "$LATEST" }),
    ],
    [
      "START without a version",
      `START RequestId: ${ID}`,
      platform({ event: "start", requestId: ID, version: null }),
    ],
    [
      "END",
      `END RequestId: ${ID}\n`,
      platform({ event: "runtime-done", requestId: ID, status: null, errorType: null }),
    ],
    [
      "REPORT with its trailing TAB",
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n`,
      platform(report()),
    ],
    [
      "REPORT of a cold start",
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n`,
      platform(report({ initDurationMs: 110.1 })),
    ],
    [
      "REPORT of a time-out, in the new wording of AWS (with a status)",
      `REPORT RequestId: ${ID}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: timeout\n`,
      platform(report({ durationMs: 3000, status: "timeout" })),
    ],
    [
      "REPORT of a crash, in the new wording of AWS (with a status and an error type)",
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\n`,
      platform(report({ status: "error", errorType: "Runtime.ExitError" })),
    ],
    [
      "REPORT with an XRAY line after it",
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\nXRAY TraceId: 1-a-b\tSegmentId: c\tSampled: true\t\n`,
      platform(report()),
    ],
    [
      "INIT_REPORT of a time-out",
      "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n",
      platform({
        event: "init-report",
        phase: "init",
        initializationType: null,
        status: "timeout",
        durationMs: 10007.33,
        errorType: null,
      }),
    ],
    [
      "INIT_REPORT of a repeated Init",
      "INIT_REPORT Init Duration: 80.49 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError",
      platform({
        event: "init-report",
        phase: "invoke",
        initializationType: null,
        status: "error",
        durationMs: 80.49,
        errorType: "Runtime.ImportModuleError",
      }),
    ],
    [
      "INIT_REPORT of provisioned concurrency",
      "INIT_REPORT Init Duration: 300.00 ms\tPhase: init",
      platform({
        event: "init-report",
        phase: "init",
        initializationType: null,
        status: "success",
        durationMs: 300,
        errorType: null,
      }),
    ],
    [
      "REPORT with an error type and no status",
      `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tError Type: Runtime.ExitError\n`,
      platform(report({ status: "error", errorType: "Runtime.ExitError" })),
    ],
    [
      "INIT_REPORT with an error type and no status",
      "INIT_REPORT Init Duration: 80.49 ms\tPhase: invoke\tError Type: Runtime.ImportModuleError\n",
      platform({
        event: "init-report",
        phase: "invoke",
        initializationType: null,
        status: "error",
        durationMs: 80.49,
        errorType: "Runtime.ImportModuleError",
      }),
    ],
    [
      "INIT_REPORT of a failure without a duration",
      "INIT_REPORT Status: timeout\n",
      platform({
        event: "init-report",
        phase: null,
        initializationType: null,
        status: "timeout",
        durationMs: null,
        errorType: null,
      }),
    ],
    [
      "a failure without a request id, in the old wording of AWS",
      "Unknown application error occurred\nRuntime.ImportModuleError\n",
      platform({ event: "failure-reported", status: "error", errorType: "Runtime.ImportModuleError" }),
    ],
    [
      "an answer that was too large",
      "[ERROR] [1795600240271] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.\n",
      platform({ event: "failure-reported", status: "error", errorType: "Function.ResponseSizeTooLarge" }),
    ],
    [
      "an answer that was refused for another reason",
      "[ERROR] [1795600240271] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 403.\n",
      platform({ event: "failure-reported", status: "error", errorType: null }),
    ],
    [
      "a time-out, in the old wording of AWS",
      `2024-04-08T16:56:00.000Z ${ID} Task timed out after 3.00 seconds\n`,
      platform({ event: "task-timed-out", requestId: ID }),
    ],
    [
      "an exit, in the old wording of AWS",
      `RequestId: ${ID} Error: Runtime exited with error: signal: killed\n`,
      platform({
        event: "runtime-exited",
        requestId: ID,
        detail: "Runtime exited with error: signal: killed",
      }),
    ],
    [
      "EXTENSION",
      "EXTENSION\tName: AppConfigAgent\tState: Ready\tEvents: [INVOKE,SHUTDOWN]",
      platform({ event: "other", name: "EXTENSION" }),
    ],
    [
      "TELEMETRY",
      "TELEMETRY\tName: x\tState: Subscribed\tTypes: [Platform, Function, Extension]",
      platform({ event: "other", name: "TELEMETRY" }),
    ],
    ["XRAY", "XRAY TraceId: 1-5b\tSegmentId: 0f\tSampled: true", platform({ event: "other", name: "XRAY" })],
  ];
  for (const [name, message, expected] of rows)
    it(`reads ${name}`, () => expect(decodeMessage(message)).to.deep.equal(expected));
});
