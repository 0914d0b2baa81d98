/** Tests lines of one millisecond that come in the wrong order (docs/aws/logs.md), and lines of runtimes about failures. */
import { expect } from "chai";
import { foldStream } from "../../../src/analysis/timeline/fold-stream.ts";
import type { ObservedEnvironment } from "../../../src/analysis/timeline/environment.ts";
import { streamEvent } from "../../../src/logs/stream-event.ts";

const ID = "0f3b2c1d-0000-4000-8000-00000000000";
const INIT = [0, "INIT_START Runtime Version: python:3.12.v105\tRuntime Version ARN: arn"] as const;
const FAILED_AGAIN = [
  1_000,
  "INIT_REPORT Init Duration: 30.00 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError",
] as const;
const start = (id: string): string => `START RequestId: ${ID}${id} Version: $LATEST\n`;
const end = (id: string): string => `END RequestId: ${ID}${id}\n`;
const report = (id: string): string =>
  `REPORT RequestId: ${ID}${id}\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n`;
const exited = (id: string): string =>
  `RequestId: ${ID}${id} Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n`;

/** The last lines of an invocation. */
const ended = (at: number, id: string) =>
  [
    [at, end(id)],
    [at, report(id)],
  ] as const;

const thrown = (id: string): string =>
  `2026-11-20T10:01:01.008Z\t${ID}${id}\tERROR\tInvoke Error \t{"errorType":"Busy","errorMessage":"x","stack":[]}\n`;

function fold(lines: readonly (readonly [number, string])[]): ObservedEnvironment {
  return foldStream(
    "2024/05/20/[$LATEST]60cefc4c4d174d898e4dbb301f9f10ef",
    lines.map(([timestamp, message], index) =>
      streamEvent({ timestamp, message, ingestionTime: null, eventId: String(1_000 + index) }, String),
    ),
  );
}

function orders<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, index) =>
    orders(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

describe("the lines of one millisecond, in any order,", () => {
  it("make one invocation that crashed after it had waited for a failed Init", () => {
    for (const lines of orders([start("1"), exited("1"), end("1"), report("1")])) {
      const { invocations } = fold([
        INIT,
        FAILED_AGAIN,
        ...lines.map((line) => [1_005, line] as const),
        [2_000, start("2")],
        [2_005, end("2")],
      ]);
      expect(
        [...invocations].map((one) => [one.requestId, one.start, one.end, one.reset, one.initFailed]),
        lines.join(""),
      ).to.deep.equal([
        [`${ID}1`, 1_005, 1_005, "crash", { errorType: "Runtime.ExitError" }],
        [`${ID}2`, 2_000, 2_005, null, null],
      ]);
    }
  });

  it("end the previous invocation, even if the START among them is not the first line", () => {
    const { invocations } = fold([
      INIT,
      [500, start("1")],
      [1_000, end("2")],
      [1_000, start("2")],
      [2_000, start("3")],
      [2_005, end("3")],
    ]);
    expect([...invocations].map((one) => [one.start, one.end, one.endedBy])).to.deep.equal([
      [500, 1_000, "next-start"],
      [1_000, 1_000, "runtime-done"],
      [2_000, 2_005, "runtime-done"],
    ]);
  });

  it("belong to the same invocation, even a line without a request id", () => {
    const { init, invocations } = fold([
      INIT,
      [1_000, end("1")],
      [1_000, start("1")],
      [1_000, "Unknown application error occurred\nRuntime.ImportModuleError\n"],
    ]);
    expect(init?.status).to.equal(null);
    expect([...invocations].map(({ errorType }) => errorType)).to.deep.equal(["Runtime.ImportModuleError"]);
  });

  it("do not join an invocation without START with its later retry", () => {
    const { invocations } = fold([...ended(1_000, "1"), [60_000, start("1")], ...ended(60_005, "1")]);
    expect([...invocations].map((one) => [one.start, one.end])).to.deep.equal([
      [null, 1_000],
      [60_000, 60_005],
    ]);
  });
});

describe("a runtime's line about a failure that names no request, before the end of an invocation whose START is missing,", () => {
  const python = "[ERROR] KeyError: 'x'\nTraceback (most recent call last):\n\u00a0\u00a0File";
  const lifecycle = (event: string, id: string, sequence: number): string =>
    JSON.stringify({ longrun: 1, event, bootId: "b", phase: "invoke", requestId: `${ID}${id}`, sequence });

  it("is about the Init if it says so and no invocation has begun", () => {
    const failedInit = `{"errorMessage":"x",\n"errorType":"Init<LoadError>",\n"stackTrace":[]}`;
    const { init, invocations } = fold([
      [0, "INIT_START Runtime Version: ruby:3.3.v5\tRuntime Version ARN: arn"],
      [500, failedInit],
      ...ended(2_000, "1"),
    ]);
    expect([init?.status, [...invocations].map(({ handlerError }) => handlerError)]).to.deep.equal([
      "error",
      [null],
    ]);
  });

  it("belongs to that invocation, even if the process writes another line of it before the end", () => {
    const { invocations } = fold([
      INIT,
      [1_000, start("1")],
      ...ended(1_005, "1"),
      [2_000, lifecycle("invoke", "2", 5)],
      [2_001, python],
      [2_002, lifecycle("disconnect", "2", 6)],
      ...ended(2_003, "2"),
    ]);
    expect([...invocations].map(({ handlerError }) => handlerError?.errorType)).to.deep.equal([
      undefined,
      "KeyError",
    ]);
  });
});

describe("a runtime's line about a failure", () => {
  const NODE = [0, "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn"] as const;
  const invocations = (...given: Parameters<typeof fold>): unknown[] =>
    [...fold(...given).invocations].map((one) => [one.requestId.slice(-1), one.handlerError?.errorType]);

  it("shows an invocation if the stream has no START, END or REPORT", () =>
    expect(
      invocations([NODE, [1_000, thrown("1")], [2_000, thrown("2")], [2_001, thrown("2")]]),
    ).to.deep.equal([
      ["1", "Busy"],
      ["2", "Busy"],
    ]));

  it("shows no invocation if the stream has a START, END or REPORT", () => {
    expect(invocations([NODE, [500, start("2")], [1_000, thrown("1")]])).to.deep.equal([["2", undefined]]);
    expect(invocations([NODE, [1_000, thrown("1")], [1_005, end("2")]])).to.deep.equal([["2", undefined]]);
  });
});

describe("platform lines that a function printed", () => {
  const INNER = "9f3b2c1d-0000-4000-8000-000000000009";
  const printed = (at: number): readonly (readonly [number, string])[] => [
    [at, `START RequestId: ${INNER} Version: 3\n`],
    [
      at,
      '[ERROR] ValueError: no\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/b.py", line 1\n',
    ],
    [at, `END RequestId: ${INNER}\n`],
    [
      at,
      `REPORT RequestId: ${INNER}\tDuration: 900.00 ms\tBilled Duration: 900 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\n`,
    ],
  ];
  const seen = ({ invocations }: ObservedEnvironment): unknown =>
    [...invocations].map((one) => [
      one.requestId,
      one.start,
      one.end,
      one.handlerError,
      one.doubt,
      one.reset,
    ]);

  it("begin no invocation and end none, and a line of a client among them leaves the outcome unknown", () => {
    const lines = [
      INIT,
      [1_000, start("1")],
      ...printed(1_400),
      ...ended(1_500, "1"),
      [2_000, start("2")],
      ...ended(2_005, "2"),
    ] as const;
    const expected = [
      [`${ID}1`, 1_000, 1_500, null, "ambiguous-line", null],
      [`${ID}2`, 2_000, 2_005, null, null, null],
    ];
    expect(seen(fold(lines))).to.deep.equal(expected);
    // Invoke returns only the last 4 KiB of the log, so the START can be missing.
    expect(
      seen(fold(lines.filter(([, line]) => !line.startsWith(`START RequestId: ${INNER}`)))),
    ).to.deep.equal(expected);
  });

  it("are lines of the stream if the running invocation has no end, or if the order in its last millisecond is lost", () => {
    expect(seen(fold([INIT, [1_000, start("1")], ...printed(1_400)]))).to.have.lengthOf(2);
    const tie = fold([
      INIT,
      [1_000, start("1")],
      ...ended(1_500, "2"),
      [1_500, start("2")],
      [1_500, end("1")],
    ]);
    expect([...tie.invocations].map((one) => [one.requestId, one.start, one.end])).to.deep.equal([
      [`${ID}1`, 1_000, 1_500],
      [`${ID}2`, 1_500, 1_500],
    ]);
  });
});

describe("an exit by a signal that comes after the REPORT", () => {
  const full = (max: number): string =>
    `REPORT RequestId: ${ID}1\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: ${max} MB\t\n`;
  const killed = `RequestId: ${ID}1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n`;

  for (const [max, reset] of [
    [128, "out-of-memory"],
    [127, "crash"],
  ] as const)
    it(`is ${reset} if ${max} of 128 MB were used`, () => {
      const lines = [
        [1_000, start("1")],
        [1_400, end("1")],
        [1_400, full(max)],
        [1_401, killed],
      ] as const;
      expect([...fold([INIT, ...lines]).invocations].map((one) => one.reset)).to.deep.equal([reset]);
    });
});

describe("a `platform.fault` of the Logs API", () => {
  const fault = (record: unknown): string =>
    JSON.stringify({ time: "2020-08-20T12:31:32.123Z", type: "platform.fault", record });

  for (const [title, record] of [
    ["the text line about an exit", `RequestId: ${ID}1 Process exited before completing request`],
    ["another text", "something happened"],
    ["an object", { requestId: `${ID}1` }],
  ] as const)
    it(`fails the running invocation: ${title}`, () => {
      const { invocations } = fold([INIT, [1_000, start("1")], [1_400, fault(record)], ...ended(1_401, "1")]);
      expect([...invocations].map(({ status }) => status)).to.deep.equal(["error"]);
    });
});
