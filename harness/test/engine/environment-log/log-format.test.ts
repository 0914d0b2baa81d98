import { expect } from "chai";
import { formatPlatformEvent } from "../../../src/engine/environment-log/log-format.ts";
import type { Logging } from "../../../src/engine/function-snapshot.ts";
import type { PhaseStatus } from "../../../src/words/platform-words.ts";
import type { EmittedEvent } from "../../../src/engine/environment-log/emitted-event.ts";

const AT = Date.UTC(2024, 4, 20, 10, 11, 44, 833);
const text: Logging = { format: "Text", applicationLogLevel: "INFO", systemLogLevel: "INFO", logGroup: "g" };
const json = (systemLogLevel: Logging["systemLogLevel"]): Logging => ({
  ...text,
  format: "JSON",
  systemLogLevel,
});
const init = { initializationType: "on-demand", phase: "init" } as const;
const outcome = (status: PhaseStatus, errorType: string | null = null) => ({ status, errorType });

const initStart: EmittedEvent = {
  type: "initStart",
  ...init,
  runtimeVersion: "nodejs:22.v50",
  runtimeVersionArn: "arn:aws:lambda:eu-west-3::runtime:ab",
  functionName: "F",
  functionVersion: "$LATEST",
};
const report = (given: object): EmittedEvent => ({
  type: "report",
  requestId: "id",
  ...outcome("success"),
  durationMs: 11.642,
  billedDurationMs: 12,
  memorySizeMb: 128,
  maxMemoryUsedMb: 67,
  initDurationMs: null,
  ...given,
});
const initReport = (given: object): EmittedEvent => ({
  type: "initReport",
  ...init,
  ...outcome("success"),
  durationMs: 173.778,
  ...given,
});
const runtimeDone = (given: object): EmittedEvent => ({
  type: "runtimeDone",
  requestId: "id",
  ...outcome("success"),
  durationMs: 11.185,
  producedBytes: 40,
  spans: [],
  ...given,
});
const start: EmittedEvent = { type: "start", requestId: "id", version: "$LATEST" };

describe("platform lines, text", () => {
  const cases: ReadonlyArray<readonly [string, EmittedEvent, string | null]> = [
    [
      "INIT_START",
      initStart,
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-3::runtime:ab\n",
    ],
    ["no second INIT_START for a repeated Init", { ...initStart, phase: "invoke" }, null],
    ["START", start, "START RequestId: id Version: $LATEST\n"],
    ["END", runtimeDone({}), "END RequestId: id\n"],
    [
      "REPORT with its trailing tab",
      report({}),
      "REPORT RequestId: id\tDuration: 11.64 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\t\n",
    ],
    [
      "REPORT with Init Duration",
      report({ initDurationMs: 110.1 }),
      "REPORT RequestId: id\tDuration: 11.64 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tInit Duration: 110.10 ms\t\n",
    ],
    [
      "REPORT of a time-out",
      report({ ...outcome("timeout"), durationMs: 3000 }),
      "REPORT RequestId: id\tDuration: 3000.00 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tStatus: timeout\n",
    ],
    [
      "REPORT of a crash",
      report(outcome("error", "Runtime.ExitError")),
      "REPORT RequestId: id\tDuration: 11.64 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tStatus: error\tError Type: Runtime.ExitError\n",
    ],
    ["nothing for a successful on-demand Init", initReport({}), null],
    [
      "INIT_REPORT of a time-out",
      initReport({ ...outcome("timeout"), durationMs: 10007.33 }),
      "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n",
    ],
    [
      "INIT_REPORT of an error in a repeated Init",
      initReport({ ...outcome("error", "Runtime.ImportModuleError"), durationMs: 80.49, phase: "invoke" }),
      "INIT_REPORT Init Duration: 80.49 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n",
    ],
    [
      "INIT_REPORT of provisioned concurrency",
      initReport({ initializationType: "provisioned-concurrency" }),
      "INIT_REPORT Init Duration: 173.78 ms\tPhase: init\n",
    ],
    [
      "EXTENSION",
      {
        type: "extension",
        name: "AppConfigAgent",
        state: "Ready",
        events: ["INVOKE", "SHUTDOWN"],
        errorType: null,
      },
      "EXTENSION\tName: AppConfigAgent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n",
    ],
  ];
  for (const [title, event, expected] of cases) {
    it(`writes ${title}`, () => expect(formatPlatformEvent(event, AT, text)).to.equal(expected));
  }
});

describe("platform lines, JSON", () => {
  const cases: ReadonlyArray<readonly [EmittedEvent, string]> = [
    [
      initStart,
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.v50","runtimeVersionArn":"arn:aws:lambda:eu-west-3::runtime:ab","functionName":"F","functionVersion":"$LATEST"}}\n',
    ],
    [
      { type: "initRuntimeDone", ...init, ...outcome("success") },
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.initRuntimeDone","record":{"initializationType":"on-demand","phase":"init","status":"success"}}\n',
    ],
    [
      initReport({}),
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","status":"success","metrics":{"durationMs":173.778}}}\n',
    ],
    [
      start,
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.start","record":{"requestId":"id","version":"$LATEST"}}\n',
    ],
    [
      { ...start, tenantId: "blue" },
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.start","record":{"requestId":"id","version":"$LATEST","tenantId":"blue"}}\n',
    ],
    [
      runtimeDone({
        spans: [{ name: "responseLatency", start: "2024-05-20T10:11:45.008Z", durationMs: 2.215 }],
      }),
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.runtimeDone","record":{"requestId":"id","status":"success","spans":[{"name":"responseLatency","start":"2024-05-20T10:11:45.008Z","durationMs":2.215}],"metrics":{"durationMs":11.185,"producedBytes":40}}}\n',
    ],
    [
      report({ initDurationMs: 174.055 }),
      '{"time":"2024-05-20T10:11:44.833Z","type":"platform.report","record":{"requestId":"id","status":"success","metrics":{"durationMs":11.642,"billedDurationMs":12,"memorySizeMB":128,"maxMemoryUsedMB":67,"initDurationMs":174.055}}}\n',
    ],
  ];
  for (const [event, expected] of cases) {
    it(`writes platform.${event.type} as recorded from AWS`, () =>
      expect(formatPlatformEvent(event, AT, json("DEBUG"))).to.equal(expected));
  }

  /** Each event, and the system log levels at which it is written to the log (docs/aws/logs.md#system-log-levels). */
  const levels: ReadonlyArray<readonly [string, EmittedEvent, string]> = [
    ["initStart", initStart, "DEBUG INFO"],
    ["initRuntimeDone success", { type: "initRuntimeDone", ...init, ...outcome("success") }, "DEBUG"],
    ["initRuntimeDone error", { type: "initRuntimeDone", ...init, ...outcome("error") }, "DEBUG INFO WARN"],
    ["initReport success, on demand", initReport({}), "DEBUG"],
    [
      "initReport success, provisioned",
      initReport({ initializationType: "provisioned-concurrency" }),
      "DEBUG INFO",
    ],
    ["initReport timeout", initReport(outcome("timeout")), "DEBUG INFO WARN"],
    ["start", start, "DEBUG INFO"],
    ["runtimeDone success", runtimeDone({}), "DEBUG"],
    ["runtimeDone timeout", runtimeDone(outcome("timeout")), "DEBUG INFO WARN"],
    ["report success", report({}), "DEBUG INFO"],
    ["report error", report(outcome("error", "Runtime.ExitError")), "DEBUG INFO WARN"],
  ];
  for (const [title, event, shown] of levels) {
    it(`shows ${title} at the levels ${shown}`, () => {
      const found = (["DEBUG", "INFO", "WARN"] as const).filter(
        (level) => formatPlatformEvent(event, AT, json(level)) !== null,
      );
      expect(found.join(" ")).to.equal(shown);
    });
  }
});
