/**
 * Tests which environments are read from log streams as AWS writes them (docs/aws/lifecycle.md, docs/aws/logs.md). No line here comes from the local engine.
 */
import { expect } from "chai";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { EnvironmentResult } from "../../../src/result/environment-result.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { judge } from "./judge.ts";

const STREAM = "2024/05/20/[$LATEST]60cefc4c4d174d898e4dbb301f9f10ef";
const ID = "0f3b2c1d-0000-4000-8000-00000000000";
const BASE = Date.parse("2024-05-20T10:00:44.000Z");

/** Judges one stream, which is made from pairs of a time offset and a message. */
function result(lines: readonly (readonly [number, string])[], stream = STREAM): FunctionResult {
  const records = lines.map(([offset, message], index): LogRecord => ({
    logGroup: "/aws/lambda/F",
    logStreamName: stream,
    timestamp: BASE + offset,
    message,
    ingestionTime: null,
    eventId: String(1_000 + index),
  }));
  return judge({
    manifest: null,
    journal: null,
    plan: null,
    applied: null,
    functions: [{ name: "F", functionArn: null, records, peerLog: null, linkLog: null, unreadable: [] }],
  });
}
const environment = (lines: readonly (readonly [number, string])[], stream = STREAM): EnvironmentResult => {
  const [only] = result(lines, stream).environments;
  if (only === undefined) throw new Error("no environment");
  return only;
};
const json = (type: string, record: Record<string, unknown>): string =>
  JSON.stringify({ time: "2024-05-20T10:00:44.833Z", type: `platform.${type}`, record });
const lifecycle = (
  event: string,
  bootId: string,
  phase: string,
  more: Record<string, unknown> = {},
): string => JSON.stringify({ longrun: 1, event, bootId, phase, requestId: null, ...more });
const report = (id: string, tail = ""): string =>
  `REPORT RequestId: ${id}\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t${tail}\n`;

describe("a log stream", () => {
  it("of a cold start at level DEBUG becomes an environment whose Init the platform reported", () => {
    const one = environment([
      [
        833,
        json("initStart", {
          initializationType: "on-demand",
          phase: "init",
          functionName: "F",
          functionVersion: "$LATEST",
        }),
      ],
      [1_006, json("initRuntimeDone", { initializationType: "on-demand", phase: "init", status: "success" })],
      [
        1_007,
        json("initReport", {
          initializationType: "on-demand",
          phase: "init",
          status: "success",
          metrics: { durationMs: 173.778 },
        }),
      ],
      [1_008, json("start", { requestId: `${ID}1`, version: "$LATEST" })],
      [
        1_019,
        json("runtimeDone", { requestId: `${ID}1`, status: "success", metrics: { durationMs: 11.185 } }),
      ],
      [
        1_022,
        json("report", {
          requestId: `${ID}1`,
          status: "success",
          metrics: { durationMs: 11.642, initDurationMs: 174.055 },
        }),
      ],
    ]);
    expect(one).to.deep.include({
      version: "$LATEST",
      initializationType: "on-demand",
      initStart: "2024-05-20T10:00:44.833Z",
      initEnd: "2024-05-20T10:00:45.007Z",
      initDurationMs: 173.778,
      initStatus: "success",
      initWithoutInvoke: false,
      invocations: 1,
      firstInvoke: "2024-05-20T10:00:45.008Z",
      end: null,
      ending: null,
    });
  });

  it("in text format gets the length of the Init phase from the first REPORT", () => {
    const one = environment(
      [
        [
          0,
          "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-3::runtime:0f\n",
        ],
        [200, `START RequestId: ${ID}1 Version: 7\n`],
        [210, `END RequestId: ${ID}1\n`],
        [210, report(`${ID}1`, "Init Duration: 110.10 ms\t")],
      ],
      "2024/05/20/[7]60cefc4c4d174d898e4dbb301f9f10ef",
    );
    expect(one).to.deep.include({
      version: "7",
      initDurationMs: 110.1,
      initEnd: "2024-05-20T10:00:44.110Z",
      initStatus: "success",
    });
  });

  it("of an Init that timed out and ran again inside the invocation has two boots and one environment", () => {
    const whole = result([
      [
        0,
        "INIT_START Runtime Version: nodejs:18.v20\tRuntime Version ARN: arn:aws:lambda:eu-west-3::runtime:0f\n",
      ],
      [10, lifecycle("boot", "a", "init")],
      [10_007, "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n"],
      [10_050, lifecycle("boot", "b", "init")],
      [10_060, lifecycle("connect", "b", "init", { outcome: "failed" })],
      [12_000, `START RequestId: ${ID}1 Version: $LATEST\n`],
      [12_005, `END RequestId: ${ID}1\n`],
      [12_005, report(`${ID}1`)],
    ]);
    const [one] = whole.environments;
    expect(one).to.deep.include({
      initStatus: "timeout",
      initDurationMs: 10007.33,
      initWithoutInvoke: false,
      invocations: 1,
    });
    expect(one?.boots.map(({ bootId, reset }) => [bootId, reset])).to.deep.equal([
      ["a", "timeout"],
      ["b", null],
    ]);
    expect(one?.connections.map(({ openedIn, outcome }) => [openedIn, outcome])).to.deep.equal([
      ["init", "failed"],
    ]);
    expect(whole.exposure).to.deep.include({ reset: 1, reinitialised: 1 });
  });

  for (const [wording, lines] of [
    [
      "old",
      [
        [3_000, `2024-05-20T10:00:47.000Z ${ID}1 Task timed out after 3.00 seconds\n\n`],
        [3_001, `END RequestId: ${ID}1\n`],
        [3_001, report(`${ID}1`)],
      ],
    ],
    [
      "new",
      [
        [3_001, `END RequestId: ${ID}1\n`],
        [3_001, report(`${ID}1`, "Status: timeout")],
      ],
    ],
    [
      "JSON",
      [
        [3_001, json("runtimeDone", { requestId: `${ID}1`, status: "timeout" })],
        [3_002, json("report", { requestId: `${ID}1`, status: "timeout", metrics: { durationMs: 3000 } })],
      ],
    ],
    [
      "Sandbox.Timedout",
      [
        [
          3_001,
          json("runtimeDone", { requestId: `${ID}1`, status: "failure", errorType: "Sandbox.Timedout" }),
        ],
        [
          3_002,
          json("report", {
            requestId: `${ID}1`,
            status: "failure",
            errorType: "Sandbox.Timedout",
            metrics: { durationMs: 3000 },
          }),
        ],
      ],
    ],
  ] as const) {
    it(`shows a time-out in the ${wording} wording`, () => {
      const whole = result([
        [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
        [100, `START RequestId: ${ID}1 Version: $LATEST`],
        ...lines,
      ]);
      expect(whole.environments.at(0)?.boots.map((boot) => boot.reset)).to.deep.equal(["timeout"]);
      expect(whole.invocationList.map(({ outcome, cause }) => [outcome, cause])).to.deep.equal([
        ["function-error", "function-timeout"],
      ]);
    });
  }

  for (const [wording, lines, reset] of [
    [
      "old",
      [
        [20, `RequestId: ${ID}1 Error: Runtime exited with error: exit status 1\n`],
        [20, "Runtime.ExitError\n"],
        [21, `END RequestId: ${ID}1\n`],
        [21, report(`${ID}1`)],
      ],
      "crash",
    ],
    [
      "new",
      [
        [21, `END RequestId: ${ID}1\n`],
        [21, report(`${ID}1`, "Status: error\tError Type: Runtime.ExitError")],
      ],
      "crash",
    ],
    [
      "out-of-memory",
      [
        [21, `END RequestId: ${ID}1\n`],
        [
          21,
          report(`${ID}1`, "Status: error\tError Type: Runtime.ExitError").replace("Used: 36", "Used: 128"),
        ],
      ],
      "out-of-memory",
    ],
    [
      "out-of-memory error type",
      [
        [
          21,
          json("report", {
            requestId: `${ID}1`,
            status: "error",
            errorType: "Runtime.OutOfMemory",
            metrics: {},
          }),
        ],
      ],
      "out-of-memory",
    ],
  ] as const) {
    it(`shows an exit in the ${wording} wording`, () => {
      const whole = result([
        [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
        [10, `START RequestId: ${ID}1 Version: $LATEST`],
        ...lines,
      ]);
      expect(whole.environments.at(0)?.boots.map((boot) => boot.reset)).to.deep.equal([reset]);
      expect(whole.invocationList.map(({ cause }) => cause)).to.deep.equal([reset]);
    });
  }

  it("of a handler that throws shows a failed invocation although the platform reports a success", () => {
    for (const line of [
      `2024-05-20T10:00:44.015Z\t${ID}1\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"x","stack":[]}\n`,
      JSON.stringify({
        timestamp: "t",
        level: "ERROR",
        requestId: `${ID}1`,
        errorType: "TypeError",
        errorMessage: "x",
        stackTrace: [],
      }),
      '[ERROR] ValueError: x\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 3\n',
    ]) {
      const whole = result([
        [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
        [10, `START RequestId: ${ID}1 Version: $LATEST`],
        [15, line],
        [20, `END RequestId: ${ID}1`],
        [20, report(`${ID}1`)],
      ]);
      expect(whole.invocations).to.deep.include({ planned: 1, functionErrors: 1, succeeded: 0 });
      expect(whole.reasons).to.include("unexplained-failure");
    }
  });

  it("with a failure line that has no request ID shows a failed invocation", () => {
    for (const [line, reset] of [
      ["Unknown application error occurred\nRuntime.ImportModuleError\n", "crash"],
      [
        "[ERROR] [1795600240271] LAMBDA_RUNTIME Failed to post handler success response. Http response code: 413.\n",
        null,
      ],
    ] as const) {
      const whole = result([
        [0, "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: y"],
        [10, `START RequestId: ${ID}1 Version: $LATEST`],
        [15, line],
        [20, `END RequestId: ${ID}1`],
        [20, report(`${ID}1`)],
      ]);
      expect(whole.invocations).to.deep.include({ planned: 1, functionErrors: 1, succeeded: 0 });
      expect(whole.environments.at(0)?.boots.map((boot) => boot.reset)).to.deep.equal([reset]);
    }
  });

  it("with an unreadable report of an invocation leaves the outcome unknown, whatever runtimeDone says", () => {
    const metrics = { durationMs: 11.6, billedDurationMs: 12, memorySizeMB: 128, maxMemoryUsedMB: 36 };
    const ofReport = (record: Record<string, unknown>): FunctionResult =>
      result([
        [0, json("initStart", { phase: "init", runtimeVersion: "python:3.12.v105" })],
        [5, lifecycle("boot", "b", "init")],
        [10, json("start", { requestId: `${ID}1`, version: "$LATEST" })],
        [20, json("runtimeDone", { requestId: `${ID}1`, status: "success" })],
        [21, json("report", { requestId: `${ID}1`, ...record })],
      ]);
    expect(ofReport({ status: "success", metrics }).invocations).to.deep.include({ succeeded: 1 });
    for (const record of [{ status: "success" }, { metrics }, { status: null, metrics }])
      expect(ofReport(record).invocations).to.deep.include({
        succeeded: 0,
        functionErrors: 0,
        unknown: 1,
        unknownReasons: { "end-unreadable": 1 },
      });
  });

  it("with an unreadable INIT_REPORT makes the check lines-readable unknown", () => {
    for (const [line, readable] of [
      ["INIT_REPORT Init Duration: 316.80 ms\tPhase: init", true],
      ["INIT_REPORT Init Duration: 316.80 ms\tPhase: init\tStatus: cancelled", false],
      ["INIT_REPORT blah", false],
    ] as const) {
      const { findings } = result([
        [0, "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: y"],
        [10, line],
        [20, `START RequestId: ${ID}1 Version: $LATEST`],
        [30, `END RequestId: ${ID}1`],
        [30, report(`${ID}1`)],
      ]);
      const said = findings.filter(({ check }) => check === "lines-readable").map(({ status }) => status);
      expect(said).to.deep.equal([readable ? "clear" : "unknown"]);
    }
  });

  it("with an INIT_REPORT that has the failure but not the duration shows that the Init failed", () => {
    for (const line of [
      "INIT_REPORT Status: timeout\n",
      "INIT_REPORT\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n",
    ]) {
      const { inits } = result([
        [0, "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: y"],
        [10, line],
        [20, `START RequestId: ${ID}1 Version: $LATEST`],
        [30, `END RequestId: ${ID}1`],
        [30, report(`${ID}1`)],
      ]);
      expect(inits).to.deep.include({ total: 1, failed: 1 });
    }
  });

  it("with a response that is too large shows no reset of the process", () => {
    const one = environment([
      [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
      [10, `START RequestId: ${ID}1`],
      [20, report(`${ID}1`, "Status: error\tError Type: Function.ResponseSizeTooLarge")],
    ]);
    expect(one.boots.map((boot) => boot.reset)).to.deep.equal([null]);
  });

  it("shows the retry of an asynchronous event and its first attempt as two invocations", () => {
    const whole = result([
      [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
      [10, `START RequestId: ${ID}1`],
      [20, `END RequestId: ${ID}1`],
      [20, report(`${ID}1`)],
      [60_000, `START RequestId: ${ID}1`],
      [60_010, `END RequestId: ${ID}1`],
      [60_010, report(`${ID}1`)],
    ]);
    expect(whole.invocationList.map(({ from, to }) => [from, to])).to.deep.equal([
      ["2024-05-20T10:00:44.010Z", "2024-05-20T10:00:44.020Z"],
      ["2024-05-20T10:01:44.000Z", "2024-05-20T10:01:44.010Z"],
    ]);
  });

  it("that begins before the window has an unknown Init, and the finding says how far to widen the window", () => {
    const whole = result([
      [10, `START RequestId: ${ID}1`],
      [20, `END RequestId: ${ID}1`],
      [20, report(`${ID}1`)],
    ]);
    expect(whole.environments.at(0)).to.deep.include({
      initStart: null,
      initEnd: null,
      initStatus: null,
      initWithoutInvoke: false,
    });
    const finding = whole.findings.find(({ code }) => code === "stream-incomplete");
    expect(finding?.parameters).to.deep.include({
      problem: { code: "init-missing", parameters: { since: "2024-05-20" } },
    });
  });

  it("is read although it has unknown lines", () => {
    const one = environment([
      [0, "INIT_START Runtime Version: x\tRuntime Version ARN: y"],
      [1, "💥 \u0000"],
      [2, "{"],
      [10, `START RequestId: ${ID}1`],
      [20, report(`${ID}1`)],
      [30, "EXTENSION\tName: x\tState: Ready\tEvents: []"],
    ]);
    expect(one.invocations).to.equal(1);
  });
});
