/** Tests evidence that could mislead the judgement: a log of another peer, time or function must not turn a failure into a pass. */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { drive, handlerConnect, initConnect, neverConnecting, ready } from "./designs.ts";
import { judge } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

const withPeerLog = (evidence: Evidence, peerLog: readonly PeerLogRecord[] | null): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({ ...one, peerLog })),
});

/**
 * Makes a run in which an environment ends silently and still holds the peer. An invocation in another environment waits for the peer
 * until the platform ends this invocation by a time-out.
 */
function cutOff(target: "aws" | "logs"): Evidence {
  const run = new TestRun({ target, admission: "backlog" });
  const silent = ready(run);
  const environment = ready(run);
  drive(run, environment, handlerConnect, 3);
  run.invoke(silent, (call) => {
    silent.connect();
    call.environmentEnds("silence");
  });
  run.wait(3_000);
  run.invoke(environment, (call) => {
    const lines = run.records.length;
    environment.connect();
    // The process was killed before it could write that it had waited in vain.
    run.records.splice(lines, 1);
    call.reset("timeout");
  });
  run.wait(3_000);
  if (run.holder !== null) run.leave(run.holder, "idle-timeout");
  environment.startBoot(() => {});
  drive(run, environment, handlerConnect, 3);
  return run.end();
}

/** The log of another peer at the same time. It is complete and numbered, and has no line about this function. */
function anotherMachine(hello: boolean): readonly PeerLogRecord[] {
  const run = new TestRun({ target: "aws", hello });
  const environment = ready(run);
  for (let index = 0; index < 12; index += 1) {
    drive(run, environment, index % 3 === 0 ? handlerConnect : neverConnecting, 2);
    run.wait(3_000);
  }
  const elsewhere = (line: PeerLogRecord): PeerLogRecord =>
    line.hello === null
      ? line
      : { ...line, hello: { ...line.hello, bootId: "x", logStream: "another machine" } };
  return (run.end().functions[0]?.peerLog ?? []).map(elsewhere);
}

const shifted = (lines: readonly PeerLogRecord[], ms: number): readonly PeerLogRecord[] =>
  lines.map((line) => ({ ...line, time: new Date(Date.parse(line.time) + ms).toISOString() }));

describe("the judgement with the right evidence and with misleading evidence", () => {
  for (const target of ["aws", "logs"] as const) {
    it(`${target}: with the peer's own log, an invocation that was cut off while it waited for the peer is harm`, () => {
      expect(judge(cutOff(target)).verdict).to.equal("fail");
    });

    for (const hello of [true, false]) {
      it(`${target}: another peer's log (${hello ? "with" : "without"} hello) leaves open whether the invocation tried to connect`, () => {
        const result = judge(withPeerLog(cutOff(target), anotherMachine(hello)));
        expect(result.verdict).to.equal("inconclusive");
      });
    }

    it(`${target}: with the peer's log of the day before, the verdict is not pass, because the invocation may have tried to connect`, () => {
      const evidence = cutOff(target);
      const log = shifted(evidence.functions[0]?.peerLog ?? [], -86_400_000);
      expect(judge(withPeerLog(evidence, log)).verdict).to.not.equal("pass");
    });

    it(`${target}: with an empty peer log, the verdict is not pass, because the invocation may have tried to connect`, () => {
      expect(judge(withPeerLog(cutOff(target), [])).verdict).to.not.equal("pass");
    });
  }

  describe("without a hello,", () => {
    /** Makes a run of handler-connect with an exposure and about one invocation each second, at irregular times. */
    const nameless = (times: number): Evidence => {
      const run = new TestRun({ target: "logs", hello: false });
      ready(run);
      const environment = ready(run);
      for (let index = 0; index < times; index += 1) {
        drive(run, environment, handlerConnect, 1);
        run.wait((index * 379) % 1_000);
      }
      run.wait(5_000);
      run.arrive(null, null);
      return run.end();
    };
    /** Makes connections of unknown clients, about one every 700 ms. */
    const busy = (): readonly PeerLogRecord[] => {
      const run = new TestRun({ target: "logs" });
      run.wait(-2_000);
      for (let index = 0; index < 60; index += 1) {
        const connection = run.arrive(null, null);
        run.wait(5);
        run.leave(connection);
        run.wait(400 + ((index * index * 131) % 600));
      }
      return run.peerLog;
    };

    it("the peer's own log is recognised by its lines near those of the function", () => {
      expect(judge(nameless(12)).verdict).to.equal("pass");
    });

    it("the log of another peer, which is busy, is not recognised, even with a line near each line of the function", () => {
      const evidence = withPeerLog(nameless(12), busy());
      expect(judge(evidence).reasons).to.include("accounting");
      expect(judge(evidence).findings.some(({ code }) => code === "peer-log-nameless")).to.equal(true);
    });

    it("one connection does not prove whose log it is", () => {
      expect(judge(nameless(1)).verdict).to.equal("inconclusive");
    });
  });

  it("without a peer log, two streams that do not name their function do not turn a failure into a pass", () => {
    const run = new TestRun({ target: "logs", format: "text" });
    const [one, two] = [ready(run, (it) => initConnect.init(it)), ready(run, (it) => initConnect.init(it))];
    for (const environment of [one, two, one]) drive(run, environment, initConnect, 3);
    expect(judge(mutate.withoutPeerLog(run.end())).verdict).to.equal("fail");
  });

  it("a function's clock that is an hour ahead does not turn a failure into a pass", () => {
    const run = new TestRun({ target: "logs" });
    const [one, two] = [ready(run, (it) => initConnect.init(it)), ready(run, (it) => initConnect.init(it))];
    drive(run, one, initConnect, 3);
    drive(run, two, initConnect, 3);
    for (const of of [one, two]) {
      const evidence = run.end();
      const moved: Evidence = {
        ...evidence,
        functions: evidence.functions.map((each) => ({
          ...each,
          peerLog: null,
          records: each.records.map((record) =>
            record.logStreamName === of.id && record.message.includes('"longrun"')
              ? {
                  ...record,
                  message: record.message.replace(/"time":"2026-11-25T10:/, '"time":"2026-11-25T11:'),
                }
              : record,
          ),
        })),
      };
      expect(judge(moved).verdict).to.not.equal("pass");
    }
  });

  it("an unknown client in a peer log with missing lines does not turn a failure into a pass", () => {
    const run = new TestRun({ target: "logs" });
    const [one, two] = [ready(run), ready(run)];
    drive(run, two, handlerConnect, 3);
    const stranger = run.arrive({ bootId: null, logStream: "laptop", phase: null }, null);
    run.wait(1_000);
    const from = run.peerLog.length;
    run.leave(stranger);
    run.invoke(one, () => void one.connect());
    run.wait(1_000);
    const to = run.peerLog.length;
    drive(run, two, handlerConnect, 1);
    one.retire();
    drive(run, two, handlerConnect, 3);
    run.peerLog.splice(from, to - from);
    const result = judge(run.end());
    expect(result.verdict).to.equal("inconclusive");
    expect(result.invocationList.map(({ cause }) => cause)).to.not.include("peer-held-by-stranger");
  });
});
