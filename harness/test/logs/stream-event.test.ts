import { expect } from "chai";
import fc from "fast-check";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { propertyCases } from "../support/test-all.ts";
import { ID, platform, report } from "./support/platform-report.ts";

const json = (type: string, record: Record<string, unknown>): string =>
  JSON.stringify({ time: "2024-05-20T10:00:44.833Z", type: `platform.${type}`, record });

describe("decodeMessage, for platform records in JSON", () => {
  const rows: readonly (readonly [string, string, unknown])[] = [
    [
      "initStart",
      json("initStart", {
        initializationType: "on-demand",
        phase: "init",
        runtimeVersion: "nodejs:18.v28",
        functionName: "F",
        functionVersion: "$LATEST",
      }),
      platform({
        event: "init-start",
        phase: "init",
        initializationType: "on-demand",
        functionName: "F",
        functionVersion: "$LATEST",
        runtimeVersion: "nodejs:18.v28",
        format: "JSON",
      }),
    ],
    [
      "initRuntimeDone",
      json("initRuntimeDone", { initializationType: "on-demand", phase: "init", status: "success" }),
      platform({ event: "init-runtime-done", phase: "init", status: "success", errorType: null }),
    ],
    [
      "initReport",
      json("initReport", {
        initializationType: "on-demand",
        phase: "init",
        status: "timeout",
        metrics: { durationMs: 10000.487 },
      }),
      platform({
        event: "init-report",
        phase: "init",
        initializationType: "on-demand",
        status: "timeout",
        durationMs: 10000.487,
        errorType: null,
      }),
    ],
    [
      "initReport without a status",
      json("initReport", { phase: "init" }),
      platform({
        event: "init-report",
        phase: "init",
        initializationType: null,
        status: "error",
        durationMs: null,
        errorType: null,
      }),
    ],
    [
      "start",
      json("start", { requestId: ID, version: "$LATEST" }),
      platform({ event: "start", requestId: ID, version: "$LATEST" }),
    ],
    [
      "start for a tenant",
      json("start", { requestId: ID, version: "$LATEST", tenantId: "blue" }),
      platform({ event: "start", requestId: ID, version: "$LATEST", tenantId: "blue" }),
    ],
    [
      "runtimeDone",
      json("runtimeDone", {
        requestId: ID,
        status: "success",
        metrics: { durationMs: 11.185, producedBytes: 40 },
      }),
      platform({ event: "runtime-done", requestId: ID, status: "success", errorType: null }),
    ],
    [
      "report",
      json("report", {
        requestId: ID,
        status: "success",
        metrics: {
          durationMs: 3.01,
          billedDurationMs: 4,
          memorySizeMB: 128,
          maxMemoryUsedMB: 36,
          initDurationMs: 174.055,
        },
      }),
      platform(report({ initDurationMs: 174.055 })),
    ],
    [
      "report of a success that names an error type",
      json("report", {
        requestId: ID,
        status: "success",
        errorType: "Runtime.ExitError",
        metrics: { durationMs: 3.01, billedDurationMs: 4, memorySizeMB: 128, maxMemoryUsedMB: 36 },
      }),
      platform(report({ status: "error", errorType: "Runtime.ExitError" })),
    ],
    [
      "report of a failure without metrics",
      json("report", { requestId: ID, status: "timeout" }),
      platform(report({ status: "timeout", durationMs: null, memorySizeMb: null, maxMemoryUsedMb: null })),
    ],
    [
      "logsDropped",
      json("logsDropped", { droppedBytes: 100, droppedRecords: 3, reason: "slow" }),
      platform({ event: "logs-dropped", records: 3 }),
    ],
    [
      "extension",
      json("extension", { name: "x", state: "Ready", events: [] }),
      platform({ event: "other", name: "platform.extension" }),
    ],
    [
      "an event of a future version",
      json("telepathy", {}),
      platform({ event: "unrecognised", name: "platform.telepathy" }),
    ],
  ];
  for (const [name, message, expected] of rows)
    it(`reads ${name}`, () => expect(decodeMessage(message)).to.deep.equal(expected));
});

describe("an unreadable message that looks like a platform line or a lifecycle line", () => {
  for (const message of [
    "START RequestId:",
    "REPORT RequestId: \tDuration",
    `{"time":"2024-05-20T10:00:44.833Z","type":"platform.start","rec`,
    json("start", {}),
    json("report", { status: "success" }),
    '{"longrun":1,"event":"conn',
  ]) {
    it(`is unknown: ${message}`, () => expect(decodeMessage(message)).to.deep.equal({ kind: "unknown" }));
  }
});

describe("a platform line that cannot be read", () => {
  const metrics = { durationMs: 3.01, billedDurationMs: 4, memorySizeMB: 128, maxMemoryUsedMB: 36 };
  for (const message of [
    json("report", { requestId: ID, status: "success" }),
    json("report", { requestId: ID, status: "success", metrics: { ...metrics, durationMs: undefined } }),
    json("report", { requestId: ID, status: "success", metrics: { ...metrics, memorySizeMB: undefined } }),
    json("report", { requestId: ID, metrics }),
    json("report", { requestId: ID, status: null, metrics }),
    json("runtimeDone", { requestId: ID }),
    `{"time":"2024-05-20T10:00:44.833Z","type":"platform.report","record":{"requestId":"${ID}","sta`,
    `REPORT RequestId: ${ID}\tDuration: 3.01 ms\tBilled Dur`,
  ])
    it(`still shows to which invocation it belongs: ${message}`, () =>
      expect(decodeMessage(message)).to.deep.equal({ kind: "unknown", about: { requestId: ID } }));

  for (const message of [
    "INIT_REPORT blah",
    "INIT_REPORT Init Duration: 316.80 ms\tPhase: invoke\tStatus: cancelled\n",
    "INIT_REPORT Phase: init",
    "RESTORE_REPORT Restore Dur",
    '{"time":"2024-05-20T10:00:44.833Z","type":"platform.initReport","record":{"pha',
  ])
    it(`still shows that it is about an Init: ${message}`, () =>
      expect(decodeMessage(message)).to.deep.equal({ kind: "unknown", about: "init" }));
});

describe("an error line", () => {
  const failed = (
    family: string,
    requestId: string | null,
    errorType: string | null,
    connectionError: string | null = null,
  ): unknown => ({
    kind: "error",
    error: {
      readings: [{ family, kind: "failed-invocation", requestId, errorType }],
      shaped: true,
      altered: false,
      connectionError,
      requestId,
    },
  });
  const perhaps = (requestId: string | null, connectionError: string | null = null): unknown => ({
    kind: "error",
    error: { readings: [], shaped: true, altered: false, requestId, connectionError },
  });
  const rows: readonly (readonly [string, string, unknown])[] = [
    [
      "Node, text",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tInvoke Error \t{"errorType":"PeerBusyError","errorMessage":"busy","stack":[]}\n`,
      failed("node", ID, "PeerBusyError"),
    ],
    [
      "Node, text, no space",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tInvoke Error\t{"errorType":"TypeError"}`,
      failed("node", ID, "TypeError"),
    ],
    [
      "Node, an unhandled rejection",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection"}`,
      perhaps(ID),
    ],
    [
      "JSON, errorType at the top",
      JSON.stringify({
        timestamp: "t",
        level: "ERROR",
        requestId: ID,
        errorType: "TypeError",
        errorMessage: "x",
        stackTrace: [],
      }),
      failed("python", ID, "TypeError"),
    ],
    [
      "JSON, errorType inside message",
      JSON.stringify({
        timestamp: "t",
        level: "ERROR",
        requestId: ID,
        message: { errorType: "TypeError", errorMessage: "x" },
      }),
      perhaps(ID),
    ],
    [
      "JSON, written outside an invocation by version 4 of AWS's runtime client for Node (nodejs24.x and later)",
      JSON.stringify({ level: "ERROR", requestId: "-", message: { errorType: "TypeError" } }),
      perhaps(null),
    ],
    [
      "Python, text",
      `[ERROR] ValueError: bad\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/a.py", line 1\n`,
      failed("python", null, "ValueError"),
    ],
    [
      "Java, text",
      "Connection refused: java.net.ConnectException\njava.net.ConnectException: Connection refused\n\tat a.Gateway.handle(Gateway.java:33)\n\n",
      failed("java", null, "java.net.ConnectException", "nothing-listened"),
    ],
    [
      "Java without a message",
      "null: java.lang.NullPointerException\njava.lang.NullPointerException\n\tat a.Gateway.handle(Gateway.java:33)\n",
      failed("java", null, "java.lang.NullPointerException"),
    ],
    [
      "a Java application's own stack",
      "java.net.ConnectException: Connection refused\n\tat a.Gateway.handle(Gateway.java:33)\n",
      perhaps(null, "nothing-listened"),
    ],
    [
      "an application's own ERROR, text",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tcould not reach the database`,
      perhaps(ID),
    ],
    [
      "an application's own ERROR, JSON",
      JSON.stringify({ level: "ERROR", requestId: ID, message: "could not reach it" }),
      perhaps(ID),
    ],
    [
      "a warning, whatever words it has",
      `2026-01-01T00:00:00.000Z\t${ID}\tWARN\tError: could not reach the database, will retry\n    at a (b.js:1:1)\n`,
      { kind: "application" },
    ],
    [
      "a warning, JSON",
      JSON.stringify({
        level: "WARN",
        requestId: ID,
        message: "Error: could not reach it",
        error: { name: "E" },
      }),
      { kind: "application" },
    ],
  ];
  for (const [name, message, expected] of rows)
    it(`is classified: ${name}`, () => expect(decodeMessage(message)).to.deep.equal(expected));
});

describe("a lifecycle line", () => {
  const line = {
    longrun: 1,
    time: "2026-11-25T01:02:03.456Z",
    event: "connect",
    bootId: "b",
    phase: "init",
    requestId: null,
    peer: "10.0.9.9:7000",
    local: "10.0.1.12:40112",
    outcome: "accepted",
  };
  const expected = {
    kind: "lifecycle",
    line: {
      event: "connect",
      time: Date.parse(line.time),
      bootId: "b",
      phase: "init",
      requestId: null,
      outcome: "accepted",
      connection: null,
      sequence: null,
    },
  };
  const bare = JSON.stringify(line);
  const rows: readonly (readonly [string, string, unknown])[] = [
    ["without a prefix", bare, expected],
    ["without a prefix and with a newline", `${bare}\n`, expected],
    ["after Node's console prefix", `2026-01-01T00:00:00.000Z\tundefined\tINFO\t${bare}\n`, expected],
    ["after the prefix of Python's logger", `[INFO]\t2026-01-01T00:00:00.000Z\t${ID}\t${bare}`, expected],
    [
      "inside the member `message`, as a string",
      JSON.stringify({ timestamp: "t", level: "INFO", message: bare }),
      expected,
    ],
    [
      "inside the member `message`, as an object",
      JSON.stringify({ timestamp: "t", level: "INFO", message: line }),
      expected,
    ],
    [
      "without the members that do not apply",
      '{"longrun":1,"event":"invoke","bootId":"b"}',
      {
        kind: "lifecycle",
        line: {
          event: "invoke",
          time: null,
          bootId: "b",
          phase: null,
          requestId: null,
          outcome: null,
          connection: null,
          sequence: null,
        },
      },
    ],
    ["with members of a future version", JSON.stringify({ ...line, mood: "good" }), expected],
    [
      "is not read if its event is of a future version",
      JSON.stringify({ ...line, event: "ponder" }),
      { kind: "application" },
    ],
    [
      "is not read if it is a connect without an outcome",
      JSON.stringify({ ...line, outcome: null }),
      { kind: "application" },
    ],
    [
      "is not read if it has another version",
      JSON.stringify({ ...line, longrun: 2 }),
      { kind: "application" },
    ],
  ];
  for (const [name, message, what] of rows)
    it(name.startsWith("is not") ? name : `is read ${name}`, () =>
      expect(decodeMessage(message)).to.deep.equal(what),
    );
});

describe("decodeMessage, for any input", () => {
  const fragment = fc.constantFrom(
    "START RequestId: ",
    "END RequestId: ",
    "REPORT RequestId: ",
    "INIT_REPORT Init Duration: ",
    "INIT_START ",
    ID,
    "\t",
    "\n",
    "Status: timeout",
    "Duration: 1 ms",
    " ms",
    '{"longrun":1',
    '"event":"connect"',
    "{",
    "}",
    '"',
    "[ERROR] ",
    "ERROR\tInvoke Error\t",
    '{"time":"x","type":"platform.report","record":',
    "null",
    "Task timed out after",
    "\u0000",
    "💥",
  );
  const message = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(fragment, fc.string()), { maxLength: 12 }).map((parts) => parts.join("")),
    fc.json(),
  );

  it("never throws and always returns one of five kinds", () => {
    fc.assert(
      fc.property(message, (text) => {
        expect(["platform", "lifecycle", "error", "application", "unknown"]).to.include(
          decodeMessage(text).kind,
        );
      }),
      propertyCases(3_000),
    );
  });

  it("never throws for a platform record with any JSON", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "initStart",
          "initRuntimeDone",
          "initReport",
          "start",
          "runtimeDone",
          "report",
          "logsDropped",
        ),
        fc.jsonValue(),
        (type, record) => {
          expect(["platform", "unknown"]).to.include(
            decodeMessage(JSON.stringify({ time: "t", type: `platform.${type}`, record })).kind,
          );
        },
      ),
      propertyCases(1_000),
    );
  });

  it("reads even lines that repeat one part 50,000 times", () => {
    for (const part of ["START RequestId: ", "\t", "[ERROR] ", "a", "{", '"longrun"'])
      expect(decodeMessage(part.repeat(50_000)).kind).to.be.oneOf([
        "application",
        "unknown",
        "error",
        "platform",
      ]);
  });
});
