/**
 * Tests log formats of Lambda that story.ts does not write: container images, logs from before December 2022, every format of a repeated Init,
 * snapshots, web functions, retried events, and lines that lost a part.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { JudgementSettings } from "../../../src/record/judgement-settings.ts";
import type { PeerEvent, PeerLogRecord } from "../../../src/record/peer-log.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { judge, said } from "./judge.ts";

const START_MS = Date.parse("2026-11-25T10:00:00.000Z");
const stream = (number: number): string => `2026/11/25/[$LATEST]${String(number).padStart(32, "0")}`;
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** One line: milliseconds after the start, the number of the stream, and the text. */
type Line = readonly [ms: number, stream: number, message: string];

function logs(lines: readonly Line[]): Evidence {
  return {
    manifest: null,
    journal: null,
    plan: null,
    applied: null,
    functions: [
      {
        name: "device",
        functionArn: null,
        records: lines.map(([ms, number, message], index) => ({
          logGroup: "/aws/lambda/device",
          logStreamName: stream(number),
          timestamp: START_MS + ms,
          message,
          ingestionTime: START_MS + ms + 100,
          eventId: String(index).padStart(56, "0"),
        })),
        peerLog: null,
        linkLog: null,
        unreadable: [],
      },
    ],
  };
}

const judged = (lines: readonly Line[], settings: Partial<JudgementSettings> = {}): FunctionResult =>
  judge(logs(lines), settings);

const INIT =
  "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n";
const START = (number: number): string => `START RequestId: ${id(number)} Version: $LATEST\n`;
const END = (number: number): string => `END RequestId: ${id(number)}\n`;
const REPORT = (number: number, tail = ""): string =>
  `REPORT RequestId: ${id(number)}\tDuration: 5.00 ms\tBilled Duration: 6 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t${tail}\n`;

function invocation(
  number: number,
  of: number,
  ms: number,
  tail = "",
  inside: readonly string[] = [],
): readonly Line[] {
  return [
    [ms, of, START(number)],
    ...inside.map((message): Line => [ms + 1, of, message]),
    [ms + 5, of, END(number)],
    [ms + 5, of, REPORT(number, tail)],
  ];
}

const outcomes = ({ invocationList }: FunctionResult): readonly string[] =>
  [...invocationList].map(({ outcome }) => outcome);
const inits = ({ environments }: FunctionResult): readonly unknown[] =>
  [...environments].map(({ initStatus, initDurationMs, initWaitedFor, initWithoutInvoke }) => [
    initStatus,
    initDurationMs,
    initWaitedFor,
    initWithoutInvoke,
  ]);

describe("in logs of several formats, an Init phase", () => {
  for (const [title, lines, init, outcome] of [
    [
      "INIT_REPORT with a phase, after which the repeated Init fails before START",
      [
        [0, 1, INIT],
        [
          90,
          1,
          "INIT_REPORT Init Duration: 83.58 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError\n",
        ],
        [
          180,
          1,
          "INIT_REPORT Init Duration: 80.49 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n",
        ],
        ...invocation(1, 1, 182),
      ],
      "error",
      "function-error",
    ],
    [
      "INIT_REPORT with only a status",
      [
        [0, 1, INIT],
        [10_000, 1, "INIT_REPORT Init Duration: 10000.00 ms Status: timeout"],
        ...invocation(1, 1, 14_000),
      ],
      "timeout",
      "succeeded",
    ],
    [
      "INIT_REPORT without INIT_START, as container images write it",
      [
        [10_000, 1, "INIT_REPORT Init Duration: 10000.08 ms Phase: init Status: timeout"],
        ...invocation(1, 1, 14_000),
      ],
      "timeout",
      "unknown",
    ],
    [
      "a container image that cannot be started",
      [
        [
          5,
          1,
          "IMAGE\tLaunch error: fork/exec /lambda-entrypoint.sh: exec format error\tEntry Points: [/lambda-entrypoint.sh]\tCmd: [app.handler]\tWorking Dir: [/var/task]\n",
        ],
        ...invocation(1, 1, 20, "", [
          `RequestId: ${id(1)} Error: fork/exec /lambda-entrypoint.sh: exec format error\nRuntime.InvalidEntrypoint\n`,
        ]),
      ],
      "error",
      "function-error",
    ],
    [
      "only the error line of the runtime's client, because only the repeated Init has an INIT_REPORT",
      [
        [0, 1, INIT],
        [
          80,
          1,
          "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'x'\nTraceback (most recent call last):\n",
        ],
        [
          180,
          1,
          "INIT_REPORT Init Duration: 80.49 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError\n",
        ],
        ...invocation(1, 1, 182),
      ],
      "error",
      "function-error",
    ],
  ] as const satisfies readonly (readonly [string, readonly Line[], string, string])[])
    it(`that failed is recognised from ${title}`, () => {
      const result = judged(lines);
      expect([result.environments.at(0)?.initStatus, ...outcomes(result)]).to.deep.equal([init, outcome]);
    });

  it("that failed: an invocation with the line `Unable to import module` of a Python client before December 2018 counts as failed", () => {
    const result = judged([
      ...invocation(1, 1, 0, "", ["Unable to import module 'lambda_function': No module named 'requests'\n"]),
    ]);
    expect(outcomes(result)).to.deep.equal(["function-error"]);
  });

  it("that ran again with another INIT_START, as in early 2023, belongs to one environment whose process was reset", () => {
    const result = judged([
      [0, 1, INIT],
      [100, 1, START(1)],
      [3_100, 1, `2023-02-01T10:00:03.100Z ${id(1)} Task timed out after 3.00 seconds\n\n`],
      [3_100, 1, END(1)],
      [3_100, 1, REPORT(1)],
      [3_200, 1, INIT],
      ...invocation(2, 1, 5_000),
    ]);
    expect([result.environments.length, result.exposure.reinitialised, ...outcomes(result)]).to.deep.equal([
      1,
      1,
      "function-error",
      "succeeded",
    ]);
  });
});

describe("logs without INIT_START (container images, logs before December 2022)", () => {
  const image: readonly Line[] = [
    [0, 1, "loading the model\n"],
    ...invocation(1, 1, 2_000, "Init Duration: 1800.50 ms\t"),
    ...invocation(2, 1, 3_000),
    ...invocation(3, 2, 4_000, "Init Duration: 1700.00 ms\t"),
  ];

  it("show each Init only in the first REPORT, so it is unknown whether a caller waited", () => {
    const result = judged(image);
    expect(inits(result)).to.deep.equal([
      ["success", 1800.5, null, false],
      ["success", 1700, null, false],
    ]);
    expect(result.environments.at(0)?.initStart).to.equal("2026-11-25T10:00:00.000Z");
    expect(result.environments.at(1)?.initStart).to.equal("2026-11-25T10:00:02.300Z");
  });

  it("are complete, but every outcome is unknown because no line names the runtime", () => {
    const result = judged(image);
    expect(said(result, "streams-complete")).to.deep.equal([
      { status: "clear", code: "streams-complete", parameters: {} },
    ]);
    expect(said(result, "outcomes-known")).to.deep.equal([
      {
        status: "unknown",
        code: "outcomes-unknown",
        parameters: { invocations: 3, why: "runtime-unknown", runtime: null },
      },
    ]);
  });

  it("show all outcomes if one line about a failure shows the runtime", () => {
    const failing =
      '[ERROR] ValueError: busy\rTraceback (most recent call last):\r\u00a0\u00a0File "/var/task/app.py", line 3\r';
    const result = judged([...image, ...invocation(4, 2, 6_000, "", [failing])]);
    expect(outcomes(result)).to.deep.equal(["succeeded", "succeeded", "succeeded", "function-error"]);
  });

  it("have a problem if a stream begins after the Init, or if nothing shows whether it does", () => {
    const result = judged([...invocation(1, 1, 2_000), [5_000, 2, "loading the model\n"]]);
    expect(said(result, "streams-complete").map(({ parameters }) => parameters)).to.deep.equal([
      { environment: stream(1), problem: { code: "init-missing", parameters: { since: "2026-11-25" } } },
      { environment: stream(2), problem: { code: "init-not-shown", parameters: {} } },
    ]);
  });
});

describe("environments restored from a snapshot", () => {
  const RESTORED =
    "RESTORE_START Runtime Version: java:21.v38\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n";
  const lines: readonly Line[] = [
    [0, 1, "INIT_START Runtime Version: java:21.v38\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n"],
    [5_000, 1, "INIT_REPORT Init Duration: 4900.00 ms\n"],
    [60_000, 2, RESTORED],
    [60_500, 2, "RESTORE_REPORT Restore Duration: 500.00 ms\n"],
    ...invocation(1, 2, 60_501, "Restore Duration: 500.00 ms\tBilled Restore Duration: 100 ms\t"),
    [90_000, 3, RESTORED],
    [100_000, 3, "RESTORE_REPORT Restore Duration: 10000.00 ms\tStatus: timeout\n"],
  ];

  it("live from their restore on, and the environment that made the snapshot is not an INIT without INVOKE", () => {
    const result = judged(lines);
    expect(inits(result)).to.deep.equal([
      ["success", 4900, null, false],
      ["success", 500, true, false],
      ["timeout", 10_000, null, false],
    ]);
    expect(outcomes(result)).to.deep.equal(["succeeded"]);
    expect(result.exposure.total).to.equal(0);
    expect(result.environments.at(0)?.end).to.equal("2026-11-25T10:00:05.000Z");
  });

  describe("write the boot ID of the snapshot in all their lines:", () => {
    const BOOT = "b0";
    const line = (ms: number, of: number, sequence: number, members: object): Line => [
      ms,
      of,
      `${JSON.stringify({ longrun: 1, time: new Date(START_MS + ms).toISOString(), bootId: BOOT, sequence, ...members })}\n`,
    ];
    const seen = (
      ms: number,
      event: PeerEvent,
      connection: number | null,
      phase = "invoke",
    ): PeerLogRecord => ({
      time: new Date(START_MS + ms).toISOString(),
      event,
      connection,
      remote: null,
      // Lambda does not tell a function with SnapStart its log stream.
      hello: connection === null ? null : { bootId: BOOT, logStream: null, phase },
    });
    const connect = { event: "connect", outcome: "accepted" };
    const made: readonly Line[] = [
      [0, 1, "INIT_START Runtime Version: java:21.v38\tRuntime Version ARN: arn:aws:lambda:x::runtime:0f\n"],
      line(900, 1, 1, { event: "boot", phase: "init", requestId: null }),
      line(1_000, 1, 2, { ...connect, phase: "init", requestId: null, connection: 1 }),
      [5_000, 1, "INIT_REPORT Init Duration: 4900.00 ms\n"],
    ];
    const restored = (of: number, ms: number): readonly Line[] => [
      [ms, of, RESTORED],
      [ms + 500, of, "RESTORE_REPORT Restore Duration: 500.00 ms\n"],
    ];
    const own = (number: number, of: number, ms: number, members: readonly object[]): readonly Line[] => [
      [ms, of, START(number)],
      ...members.map((one, index) =>
        line(ms + 10 + index, of, 3 + index, { phase: "invoke", requestId: id(number), ...one }),
      ),
      [ms + 100, of, END(number)],
      [ms + 100, of, REPORT(number)],
    ];
    const judgedWith = (all: readonly Line[], peerLog: readonly PeerLogRecord[]): FunctionResult => {
      const evidence = logs(all);
      return judge({ ...evidence, functions: evidence.functions.map((one) => ({ ...one, peerLog })) });
    };
    const connections = ({ environments }: FunctionResult): readonly unknown[] =>
      [...environments].map((one) =>
        one.connections.map(({ openedIn, outcome }) => `${openedIn} ${outcome}`),
      );

    it("a connection belongs to the environment that made the snapshot if the Init of that environment opened it", () => {
      const result = judgedWith(
        [
          ...made,
          ...restored(2, 60_000),
          ...own(1, 2, 61_000, [{ event: "connect", outcome: "refused", connection: 2 }]),
          ...restored(3, 120_000),
        ],
        [seen(-1_000, "ready", null), seen(1_000, "accepted", 1, "init"), seen(61_010, "refused", 2)],
      );
      expect(connections(result)).to.deep.equal([["init accepted"], ["invoke refused"], []]);
      expect([result.harm.total, result.harm.windows[0]?.holder]).to.deep.equal([1, stream(1)]);
    });

    it("a connection belongs to the only environment that was alive when the connection opened, or, if several were alive, to the only one of them that wrote a line at that time", () => {
      const served = { ...connect, connection: 2 };
      const all = [
        ...made,
        ...restored(2, 60_000),
        ...own(1, 2, 61_000, [served]),
        ...restored(3, 120_000),
        ...own(2, 3, 121_000, [served]),
      ];
      const peerLog = [
        seen(-1_000, "ready", null),
        seen(1_000, "accepted", 1, "init"),
        seen(2_000, "closed", 1, "init"),
        seen(61_010, "accepted", 2),
        seen(61_012, "closed", 2),
        seen(121_010, "accepted", 3),
        seen(121_012, "closed", 3),
      ];
      const result = judgedWith(all, peerLog);
      expect(connections(result)).to.deep.equal([
        ["init accepted"],
        ["invoke accepted"],
        ["invoke accepted"],
      ]);
      expect(result.harm.total).to.equal(0);
    });

    it("a connection whose hello names the log stream belongs to that environment, also if no environment wrote lines", () => {
      const named = (of: number, one: PeerLogRecord): PeerLogRecord => ({
        ...one,
        hello: { bootId: BOOT, logStream: stream(of), phase: "invoke" },
      });
      const invoked = [...own(1, 2, 61_000, []), ...own(2, 3, 81_000, []), ...own(3, 2, 121_000, [])];
      const seenAll = [named(2, seen(61_010, "accepted", 1)), named(3, seen(81_010, "refused", 2))];
      const all = [...restored(2, 60_000), ...restored(3, 80_000), ...invoked];
      const result = judgedWith(all, [seen(-1_000, "ready", null), ...seenAll]);
      expect(connections(result)).to.deep.equal([["invoke accepted"], ["invoke refused"]]);
      expect([result.harm.total, result.harm.windows[0]?.holder]).to.deep.equal([1, stream(2)]);
    });

    it("a connection has an unknown holder if the snapshot's Init is not in the evidence", () => {
      const result = judgedWith(
        [
          ...restored(2, 60_000),
          ...own(1, 2, 61_000, [{ event: "connect", outcome: "refused", connection: 2 }]),
        ],
        [seen(-1_000, "ready", null), seen(1_000, "accepted", 1, "init"), seen(61_010, "refused", 2)],
      );
      expect(result.harm.total).to.equal(0);
      expect(JSON.stringify(said(result, "peer-reachable"))).to.include('"boot-shared"');
    });
  });

  it("are recognised in JSON too", () => {
    const json = (ms: number, of: number, type: string, record: object): Line => [
      ms,
      of,
      JSON.stringify({ time: new Date(START_MS + ms).toISOString(), type: `platform.${type}`, record }),
    ];
    const result = judged([
      json(0, 1, "initStart", {
        initializationType: "snap-start",
        phase: "snap-start",
        runtimeVersion: "java:21.v38",
      }),
      json(5_000, 1, "initReport", {
        initializationType: "snap-start",
        phase: "snap-start",
        status: "success",
        metrics: { durationMs: 4900 },
      }),
      json(60_000, 2, "restoreStart", { functionName: "device", runtimeVersion: "java:21.v38" }),
      json(60_500, 2, "restoreReport", { status: "success", metrics: { durationMs: 500 } }),
    ]);
    expect(inits(result)).to.deep.equal([
      ["success", 4900, null, false],
      ["success", 500, null, null],
    ]);
  });
});

describe("platform lines that longrun knows only in part, or not at all,", () => {
  const json = (ms: number, type: string, record: object): Line => [
    ms,
    1,
    JSON.stringify({ time: new Date(START_MS + ms).toISOString(), type, record }),
  ];
  const born = json(0, "platform.initStart", {
    phase: "init",
    runtimeVersion: "nodejs:24.v9",
    functionName: "device",
  });

  it("count as invocations of unknown outcome, which may overlap, if they are about a web function's requests", () => {
    const result = judged([
      born,
      json(100, "platform.invokeStart", { requestId: "NF5U6CMIUAWPER24GXDNDEZSVU" }),
      json(110, "platform.invokeStart", { requestId: "NF5U6CMIUAWPER24GXDNDEZSVV" }),
      json(120, "platform.invokeSummary", { requestId: "NF5U6CMIUAWPER24GXDNDEZSVU", status: "success" }),
      json(130, "platform.invokeSummary", { requestId: "NF5U6CMIUAWPER24GXDNDEZSVV", status: "success" }),
    ]);
    expect([result.environments.at(0)?.initWithoutInvoke, ...outcomes(result)]).to.deep.equal([
      false,
      "unknown",
      "unknown",
    ]);
    expect(said(result, "outcomes-known").map(({ parameters }) => parameters)).to.deep.equal([
      { invocations: 2, why: "web-function", runtime: "nodejs:24.v9" },
    ]);
  });

  it("are counted if their types are unknown, and leave unknown whether the environment was ever invoked", () => {
    const result = judged([
      born,
      json(100, "platform.later", {}),
      json(110, "platform.later", {}),
      json(900_000, "platform.other", {}),
    ]);
    expect(result.environments.at(0)?.initWithoutInvoke).to.equal(null);
    expect(said(result, "lines-readable")).to.deep.equal([
      {
        status: "unknown",
        code: "types-not-known",
        parameters: {
          types: [
            { type: "platform.later", records: 2 },
            { type: "platform.other", records: 1 },
          ],
        },
      },
    ]);
  });
});

describe("a log that shows something only in part", () => {
  it("leaves the outcome of an invocation unknown if its REPORT has no status and its event was retried in another environment", () => {
    const result = judged([
      [0, 1, INIT],
      ...invocation(1, 1, 100),
      [60_000, 2, INIT],
      ...invocation(1, 2, 60_100),
    ]);
    expect(outcomes(result)).to.deep.equal(["unknown", "succeeded"]);
    expect(said(result, "outcomes-known").map(({ parameters }) => parameters)).to.deep.equal([
      { invocations: 1, why: "started-again", runtime: "python:3.12.v105" },
    ]);
  });

  it("shows that invocations failed if their START lines are missing and the runtime's line names no request", () => {
    const failed = (number: number, ms: number): readonly Line[] =>
      invocation(number, 1, ms, "", [
        "[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n\u00a0\u00a0File",
      ]);
    const all = [
      [0, 1, INIT] as const,
      ...failed(1, 100),
      ...invocation(2, 1, 1_000),
      ...failed(3, 2_000),
      ...failed(4, 3_000),
      ...invocation(5, 1, 4_000),
    ];
    const expected = ["function-error", "succeeded", "function-error", "function-error", "succeeded"];
    for (const missing of [[], [1], [3], [4], [3, 4], [1, 2, 3, 4, 5]]) {
      const lines = all.filter(([, , message]) => !missing.some((number) => message === START(number)));
      expect(outcomes(judged(lines)), `without START of ${missing.join()}`).to.deep.equal(expected);
    }
  });

  it("shows that an invocation failed if its REPORT has the status timeout, also if its event was retried in another environment", () => {
    const result = judged([
      [0, 1, INIT],
      ...invocation(1, 1, 100, "Status: timeout"),
      [60_000, 2, INIT],
      ...invocation(1, 2, 60_100),
    ]);
    expect(outcomes(result)).to.deep.equal(["function-error", "succeeded"]);
  });

  for (const [title, message] of [
    ["half a REPORT", `REPORT RequestId: ${id(1)}\tDuration: 5.00 ms\tBilled Duration: 6 ms\tMemory Si`],
    ["a REPORT whose last number was cut off", REPORT(1).replace(" 40 MB\t\n", " 4")],
    ["a REPORT whose status was cut off", REPORT(1, "Status: tim")],
  ] as const)
    it(`with ${title} leaves the outcome unknown, and never shows a success`, () => {
      const evidence = logs([
        [0, 1, INIT],
        [100, 1, START(1)],
        [105, 1, END(1)],
        [105, 1, message],
      ]);
      const result = judge(evidence);
      expect(outcomes(result)).to.deep.equal(["unknown"]);
      expect(said(result, "outcomes-known").map(({ parameters }) => parameters)).to.deep.equal([
        { invocations: 1, why: "report-missing", runtime: "python:3.12.v105" },
      ]);
    });

  for (const [title, change] of [
    ["spaces instead of TABs", (text: string) => text.replaceAll("\t", " ")],
    ["nothing instead of TABs", (text: string) => text.replaceAll("\t", "")],
    ["line ends instead of TABs", (text: string) => text.replaceAll("\t", "\n")],
  ] as const)
    it(`shows the same outcomes if it has ${title}`, () => {
      const lines = [
        ...invocation(1, 1, 100),
        ...invocation(2, 1, 200, "Status: error\tError Type: Runtime.ExitError"),
      ];
      const result = judged([
        [0, 1, INIT],
        ...lines.map(([ms, of, message]): Line => [ms, of, change(message)]),
      ]);
      expect(outcomes(result)).to.deep.equal(["succeeded", "function-error"]);
    });
});
