/** Tests who is suspected of harm by logs alone, where the evidence does not decide it. */
import { expect } from "chai";
import type { LogRecord } from "../../../src/record/log-record.ts";
import { aheadElsewhere, initConnect } from "../analyze/designs.ts";
import { judge } from "../analyze/judge.ts";
import { TestRun } from "../analyze/story.ts";
import { judged, only } from "../../evidence/judged-logs.ts";

const AT = Date.parse("2026-11-20T20:19:20.000Z");
const REFUSED = "connect ECONNREFUSED 10.0.3.17:5020";

/** The log of a function without longrun: environments by letter, times in seconds. */
class Log {
  readonly records: LogRecord[] = [];
  #count = 0;

  init(environment: string, second: number): this {
    return this.#add(
      environment,
      second,
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:x",
    );
  }

  /** An invocation with the message of the error that its handler throws; null: it succeeds. */
  invoke(environment: string, second: number, error: string | null): this {
    this.#count += 1;
    const id = `00000000-0000-4000-8000-${String(this.#count).padStart(12, "0")}`;
    this.#add(environment, second, `START RequestId: ${id} Version: $LATEST`);
    if (error !== null) {
      const thrown = JSON.stringify({ errorType: "Error", errorMessage: error, stack: [`Error: ${error}`] });
      this.#add(environment, second, `${new Date(AT).toISOString()}\t${id}\tERROR\tInvoke Error \t${thrown}`);
    }
    this.#add(environment, second + 0.1, `END RequestId: ${id}`);
    const report = `REPORT RequestId: ${id}\tDuration: 100.00 ms\tBilled Duration: 101 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t`;
    return this.#add(environment, second + 0.1, report);
  }

  #add(environment: string, second: number, message: string): this {
    const timestamp = AT + second * 1_000;
    const eventId = String(this.records.length).padStart(56, "0");
    this.records.push({
      ...{
        logGroup: "/aws/lambda/fn",
        logStreamName: `2026/11/20/[$LATEST]${environment.repeat(32)}`,
        timestamp,
        message,
        eventId,
      },
      ingestionTime: timestamp,
    });
    return this;
  }
}

async function suspicions({ records }: Log) {
  const { findings } = only(await judged(records));
  return findings.flatMap((one) => (one.code === "harm-suspected" ? [one] : []));
}

const named = async (log: Log): Promise<unknown> =>
  (await suspicions(log)).map(({ environment, parameters: { grade, failures, ofFailures } }) => [
    environment?.at(-1),
    grade,
    failures,
    ofFailures,
  ]);

describe("a suspect, by logs alone", () => {
  it("is the environment that was never invoked, if all failures follow its Init, with what else fits and what decides", async () => {
    const log = new Log().init("a", 0).init("b", 20);
    for (let n = 0; n < 30; n += 1) log.invoke("b", 21 + n * 10, REFUSED);
    const [finding, ...others] = await suspicions(log);
    expect(others).to.deep.equal([]);
    expect(finding).to.include({ check: "peer-reachable", status: "unknown", holder: null });
    expect(finding?.parameters).to.deep.equal({
      suspects: [
        {
          environment: `2026/11/20/[$LATEST]${"a".repeat(32)}`,
          since: "2026-11-20T20:19:20.000Z",
          invocations: 0,
        },
      ],
      ...{ moreSuspects: 0, grade: "possible", failures: 30, ofFailures: 30 },
      ...{ error: "nothing-listened", otherwise: "machine-down", decidedBy: "peer-log" },
    });
    expect(finding?.text).to.contain("All 30 failures follow its Init");
  });

  for (const [message, error] of [
    ["FATAL: sorry, too many clients already", "full"],
    ["read ECONNRESET", "reset"],
    ["connect ETIMEDOUT 10.0.3.17:5020", "timed-out"],
  ] as const)
    it(`is named for "${message}" too, and then another client may have held the machine`, async () => {
      const [finding] = await suspicions(new Log().init("a", 0).init("b", 20).invoke("b", 21, message));
      expect(finding?.parameters).to.include({ error, otherwise: "other-client" });
    });

  it("is not named for an error about something else", async () => {
    const log = new Log().init("a", 0).init("b", 20).invoke("b", 21, "x is not a function");
    expect(await named(log)).to.deep.equal([]);
  });

  it("is not the environment that was initialised after the first failure", async () => {
    const log = new Log().init("b", 0).invoke("b", 1, REFUSED).init("a", 5).invoke("b", 10, REFUSED);
    expect(await named(log)).to.deep.equal([]);
  });

  it("is not an environment beside which another one was served", async () => {
    const log = new Log().init("a", 0).init("b", 20);
    log.invoke("b", 21, null).invoke("b", 31, REFUSED);
    expect(await named(log)).to.deep.equal([]);
  });

  it("is the environment that served last, if none was silent", async () => {
    const log = new Log().init("a", 0).invoke("a", 1, null).init("b", 20);
    log.invoke("b", 21, REFUSED).invoke("b", 31, REFUSED);
    expect(await named(log)).to.deep.equal([["a", "possible", 2, 2]]);
  });

  it("is named for each time of failures", async () => {
    const log = new Log().init("a", 0).init("b", 20).invoke("b", 21, REFUSED).invoke("b", 31, null);
    log.init("c", 40).init("d", 50);
    log.invoke("d", 51, REFUSED).invoke("d", 61, REFUSED);
    expect(await named(log)).to.deep.equal([
      ["c", "possible", 2, 3],
      ["a", "possible", 1, 3],
    ]);
  });
});

describe("a suspect in a run", () => {
  it("is not named where the holder is known", () => {
    const run = new TestRun();
    aheadElsewhere(run, initConnect);
    const codes = judge(run.end()).findings.map(({ code }) => code);
    expect(codes).to.contain("peer-held");
    expect(codes).not.to.contain("harm-suspected");
  });
});
