import { expect } from "chai";
import { environmentsQuery, minutesQuery } from "../../src/scan/insights-queries.ts";
import { runQuery, type AbsentIs, type LogLine } from "./insights-model.ts";

const LOG = "123456789012:/aws/lambda/f";
const MINUTE = 60_000;

const line = (stream: string, message: string, time = MINUTE): LogLine => ({
  log: LOG,
  stream,
  time,
  message,
});
const platform = (type: string, record: object = {}): string =>
  JSON.stringify({ time: "2026-11-25T01:02:03.456Z", type: `platform.${type}`, record });
const lifecycle = (members: object): string =>
  JSON.stringify({ longrun: 1, time: "2026-11-25T01:02:03.456Z", ...members });

const INIT = "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:x::runtime:0\n";
const START = "START RequestId: 6f7a Version: $LATEST\n";

for (const absentIs of ["nothing", "zero"] as const satisfies readonly AbsentIs[]) {
  const counted = (lines: readonly LogLine[], settledBefore = 10 * MINUTE) =>
    runQuery(environmentsQuery(settledBefore), lines, absentIs)[0];

  describe(`the query about environments, if Logs Insights returns ${absentIs} for an absent field`, () => {
    const silent: Readonly<Record<string, readonly LogLine[]>> = {
      "in text logs": [line("a", INIT)],
      "in JSON logs": [line("a", platform("initStart", { initializationType: "on-demand" }))],
      "whose Init ended, in logs of level DEBUG": [
        line("a", platform("initStart")),
        line("a", platform("initReport", { status: "success" })),
      ],
      "of provisioned concurrency, in text logs": [
        line("a", INIT),
        line("a", "INIT_REPORT Init Duration: 80.49 ms\tPhase: init\n"),
      ],
      "of a Web Function, whose summary shows no request": [
        line("a", platform("initStart")),
        line("a", platform("initReport", { status: "success" })),
        line("a", platform("invokeSummary")),
      ],
    };
    for (const [name, lines] of Object.entries(silent))
      it(`counts an INIT without INVOKE ${name}`, () => {
        expect(counted(lines)).to.include({ "@log": LOG, environments: "1", initWithoutInvoke: "1" });
      });

    const others: Readonly<Record<string, readonly LogLine[]>> = {
      "was invoked, in text logs": [line("a", INIT), line("a", START, 2 * MINUTE)],
      "was invoked, in JSON logs": [line("a", platform("initStart")), line("a", platform("start"))],
      "began to serve the requests of a Web Function": [
        line("a", platform("initStart")),
        line("a", platform("invokeStart")),
      ],
      "completed a request of a Web Function": [
        line("a", platform("initStart")),
        line("a", platform("requestComplete")),
      ],
      "failed to start the server of a Web Function": [
        line("a", platform("initStart")),
        line("a", platform("initReport", { status: "failure" })),
      ],
      "failed in Init, in text logs": [
        line("a", INIT),
        line("a", "INIT_REPORT Init Duration: 10007.33 ms\tPhase: init\tStatus: timeout\n"),
      ],
      "failed in Init, in JSON logs": [
        line("a", platform("initStart")),
        line("a", platform("initReport", { status: "error" })),
      ],
      "is older than the window": [line("a", START)],
      "is a snapshot for SnapStart": [line("a", platform("initStart", { initializationType: "snap-start" }))],
      "is so young that it may still be invoked": [line("a", INIT, 11 * MINUTE)],
    };
    for (const [name, lines] of Object.entries(others))
      it(`does not count an INIT without INVOKE if the environment ${name}`, () => {
        expect(counted(lines)).to.include({ environments: "1", initWithoutInvoke: "0" });
      });

    it("counts the connect lines of the Init phase in any form of their JSON", () => {
      const connect = lifecycle({ event: "connect", phase: "init", outcome: "accepted" });
      expect(
        counted([
          line("a", connect),
          line("b", JSON.stringify({ level: "INFO", message: connect })),
          line("c", '{"phase": "init", "longrun": 1, "event": "connect", "outcome": "refused"}'),
          line("d", lifecycle({ event: "connect", phase: "invoke" })),
          line("e", lifecycle({ event: "disconnect", phase: "init" })),
          line("f", lifecycle({ event: "boot", phase: "init" })),
        ]),
      ).to.include({ environments: "6", initConnects: "3" });
    });

    it("separates the versions of a function", () => {
      const rows = runQuery(
        environmentsQuery(10 * MINUTE),
        [
          line("2026/11/25/[$LATEST]0a", INIT),
          line("2026/11/25/[$LATEST]0b", INIT),
          line("2026/11/25/[$LATEST]0b", START),
          line("2026/11/25/f[3][0c]", INIT),
        ],
        absentIs,
      );
      expect(
        rows.map((row) => [row["functionVersion"], row["environments"], row["initWithoutInvoke"]]).sort(),
      ).to.deep.equal([
        ["$LATEST", "2", "1"],
        ["3", "1", "1"],
      ]);
    });

    it("ignores all other lines, and separates log groups", () => {
      const rows = runQuery(
        environmentsQuery(10 * MINUTE),
        [
          line("a", "application: INIT_START as text"),
          line("b", INIT),
          { ...line("b", INIT), log: "123456789012:/aws/lambda/g" },
        ],
        absentIs,
      );
      expect(rows.map((row) => [row["@log"], row["environments"]])).to.deep.equal([
        [LOG, "1"],
        ["123456789012:/aws/lambda/g", "1"],
      ]);
    });
  });
}

describe("the query about minutes", () => {
  it("counts the minutes in which several environments have an Init or an invocation, and the largest number of environments in a minute", () => {
    const rows = runQuery(
      minutesQuery(),
      [
        line("a", START, MINUTE),
        line("b", platform("start"), MINUTE + 59_999),
        line("c", "REPORT RequestId: 6f7a\tDuration: 3.01 ms\n", MINUTE + 1),
        line("a", START, 2 * MINUTE),
        line("a", INIT, 3 * MINUTE),
        line("b", START, 3 * MINUTE + 1),
      ],
      "nothing",
    );
    expect(rows).to.deep.equal([{ "@log": LOG, minutesWithSeveral: "2", mostInAMinute: "3" }]);
  });
});
