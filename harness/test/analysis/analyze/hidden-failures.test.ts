/**
 * A run that passes gets one failed invocation, with the line that a runtime's client writes for a failure. Then the verdict must not be
 * pass. A line about an error that the function handled must change nothing.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import { withCounts } from "../attribution/metered-log.ts";
import { LINE_FORMS, type LineForm } from "../../catalogue/runtimes/failure-lines.ts";
import { AT } from "../../catalogue/runtimes/failure-lines/line-form.ts";
import { aheadElsewhere, drive, exposed, handlerConnect } from "./designs.ts";
import { judge } from "./judge.ts";
import { iso } from "./story-options.ts";
import { TestRun } from "./story.ts";

const PROVIDED = "provided:al2023.v16";
const VERSIONS: Readonly<Record<string, string>> = {
  node: "nodejs:22.v50",
  python: "python:3.12.v105",
  java: "java:21.v38",
  dotnet: "dotnet:8.v47",
  ruby: "ruby:3.3.v12",
  provided: PROVIDED,
};

/** A request ID that no platform line names. */
const STRANGER = "11111111-2222-4333-8444-555555555555";

/**
 * Returns the log records of a run of handler-connect, as functions of this runtime version write them. Judged by these logs alone, the run
 * passes. Only with `provided` and with an unknown runtime it does not pass, because there a failure may leave no known line.
 */
function passing(format: LineForm["format"], version: string): Evidence {
  const run = new TestRun({ target: "logs", format: format === "JSON" ? "json-debug" : "text" });
  // A text log does not show the end of an Init. The run is long enough for it to be inferred.
  aheadElsewhere(run, handlerConnect, { before: 15, during: 15, after: 15 });
  return withVersion(run.end(), version);
}

function withVersion(evidence: Evidence, version: string): Evidence {
  const renamed = ({ message, ...record }: LogRecord): LogRecord => ({
    ...record,
    message: message.replaceAll("nodejs:22.v50", version),
  });
  return {
    ...evidence,
    functions: evidence.functions.map((one) => ({ ...one, records: one.records.map(renamed) })),
  };
}

const START = /START RequestId: (\S+)|"type":"platform\.start","record":\{"requestId":"([^"]+)"/;

/** Adds the lines directly after the START of the last invocation. */
function withLines(evidence: Evidence, lines: (requestId: string) => readonly string[]): Evidence {
  return {
    ...evidence,
    functions: evidence.functions.map((one) => {
      const at = one.records.findLastIndex(({ message }) => START.test(message));
      const start = one.records[at];
      const [, text, json] = START.exec(start?.message ?? "") ?? [];
      if (start === undefined) throw new Error("the story has no invocation");
      const added = lines(text ?? json ?? "").map((message, index) => ({
        ...start,
        timestamp: start.timestamp + 1,
        eventId: `added-${index}`,
        message,
      }));
      return { ...one, records: [...one.records.slice(0, at + 1), ...added, ...one.records.slice(at + 1)] };
    }),
  };
}

const said = (result: FunctionResult) => [
  result.verdict,
  result.invocations.functionErrors,
  result.invocations.unknown,
];

describe("logs alone, with the failure lines of each runtime", () => {
  for (const format of ["Text", "JSON"] as const)
    for (const [family, version] of Object.entries(VERSIONS))
      it(`${family}, ${format}: ${family === "provided" ? "a missing line proves nothing, because this runtime may write none for a failure" : "a run of handler-connect passes"}`, () => {
        const { verdict, reasons } = judge(passing(format, version));
        expect([verdict, reasons]).to.deep.equal(
          family === "provided" ? ["inconclusive", ["evidence-missing"]] : ["pass", []],
        );
      });

  for (const form of LINE_FORMS) {
    const { family, title, format, kind, events } = form;
    const version = VERSIONS[family] ?? "";
    if (kind === "application")
      it(`${family}: a line about a handled error changes nothing (the line: ${title})`, () => {
        const before = passing(format, version);
        expect(said(judge(withLines(before, events)))).to.deep.equal(said(judge(before)));
      });
    else
      it(`${family}: a line about a failure prevents a pass, and the invocation is ${kind === "ambiguous" ? "unknown" : "failed"} (the line: ${title})`, () => {
        const result = judge(withLines(passing(format, version), events));
        expect([result.verdict, result.invocations.functionErrors]).to.deep.equal([
          "inconclusive",
          kind === "ambiguous" ? 0 : 1,
        ]);
        if (kind === "ambiguous") expect(result.invocations.unknown).to.be.at.least(1);
      });
  }

  for (const format of ["Text", "JSON"] as const)
    it(`a runtime that may write no line for a failure, ${format}: the run passes only if CloudWatch's metrics agree`, () => {
      const evidence = passing(format, VERSIONS["provided"] ?? "");
      const said = (more: Parameters<typeof withCounts>[1]) => {
        const { verdict, reasons, metrics } = judge(withCounts(evidence, more));
        return [verdict, reasons, metrics?.agree];
      };
      expect([said({}), said({ errors: 1 }), said({ invocations: 1 })]).to.deep.equal([
        ["pass", [], true],
        ["inconclusive", ["evidence-missing", "accounting"], false],
        ["inconclusive", ["evidence-missing", "accounting"], false],
      ]);
    });

  it("a line that shows a changed console of Node leaves every outcome unknown, and CloudWatch's metrics decide them", () => {
    const ids = "[dd.trace_id=8412690251284311742 dd.span_id=1734590125884301]";
    const altered = withLines(passing("Text", VERSIONS["node"] ?? ""), (id) => [
      `${AT}\t${id}\tINFO\t${ids} saved\n`,
    ]);
    const unsaid = judge(altered);
    expect([unsaid.verdict, unsaid.reasons, unsaid.invocations.unknownReasons]).to.deep.equal([
      "inconclusive",
      ["evidence-missing"],
      { "console-altered": unsaid.invocations.unknown },
    ]);
    expect([unsaid.invocations.succeeded, unsaid.invocations.unknown > 0]).to.deep.equal([0, true]);
    const counted = judge(withCounts(altered, {}));
    expect([counted.verdict, counted.reasons]).to.deep.equal(["pass", []]);
  });

  for (const [family, format, line] of [
    [
      "python",
      "JSON",
      { level: "ERROR", errorMessage: "busy", errorType: "ValueError", requestId: STRANGER, stackTrace: [] },
    ],
    [
      "provided",
      "JSON",
      {
        level: "ERROR",
        fields: { message: "Busy" },
        span: { requestId: STRANGER, name: "Lambda runtime invoke" },
      },
    ],
  ] as const)
    it(`${family}: a line with the request ID of another function adds no invocation, and leaves the outcome unknown of the one that wrote it`, () => {
      const before = passing(format, VERSIONS[family] ?? "");
      const after = judge(withLines(before, () => [JSON.stringify({ timestamp: AT, ...line })]));
      const { invocations } = judge(before);
      expect([after.invocations.planned, after.invocations.functionErrors]).to.deep.equal([
        invocations.planned,
        invocations.functionErrors,
      ]);
      expect(after.invocations.unknownReasons?.["ambiguous-line"]).to.equal(1);
    });

  it("count no invocation as a success if they name an unknown runtime", () => {
    const result = judge(passing("Text", "cobol:85.v1"));
    expect([result.verdict, result.reasons, result.invocations.succeeded]).to.deep.equal([
      "inconclusive",
      ["evidence-missing"],
      0,
    ]);
  });
});

describe("a run of a function whose runtime may write no line for a failure", () => {
  for (const [others, title, reasons] of [
    [0, "passes if no other caller invokes the function", []],
    [
      1,
      "does not pass if another caller invokes the function too, and nothing shows whether that invocation failed",
      ["evidence-missing"],
    ],
  ] as const)
    it(title, () => {
      const run = new TestRun({ target: "aws" });
      const environment = exposed(run);
      for (let n = 0; n < others; n += 1) run.foreign(environment, (call) => handlerConnect.invoke(call));
      drive(run, environment, handlerConnect, 2);
      expect(judge(withVersion(run.end(), PROVIDED)).reasons).to.deep.equal(reasons);
    });

  it("passes if the other caller's invocation, for example one of an earlier soak, ended before the run began", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.foreign(environment, (call) => handlerConnect.invoke(call));
    run.wait(60_000);
    const began = iso(run.now);
    drive(run, environment, handlerConnect, 2);
    const evidence = withVersion(run.end(), PROVIDED);
    const all = evidence.journal ?? [];
    const monotonicMs = all.find(({ time }) => time >= began)?.monotonicMs ?? 0;
    const journal = all.map((event) => (event.time < began ? { ...event, time: began, monotonicMs } : event));
    expect(judge({ ...evidence, journal }).reasons).to.deep.equal([]);
  });
});
