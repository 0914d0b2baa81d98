/**
 * Runs with the function's own lines, no links, and no peer log or one without hello. The lines name a holder only if something shows that the
 * holder was still connected: AWS does not log the end of an environment, and an unknown client that connected later writes no line here.
 */
import { expect } from "chai";
import type { FunctionResult } from "../../../src/result/function-result.ts";
import {
  connects,
  drive,
  handlerConnect,
  initConnect,
  lazyConnect,
  neverConnecting,
  ready,
  waitOneSecond,
} from "./designs.ts";
import { judge, verdictOf, said } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

const stranger = { bootId: null, logStream: "laptop", phase: null };
/** Makes a story in text format, in which Node's line for a failure differs from a line about an error that the function logs. */
const inLogs = (): TestRun => new TestRun({ target: "logs", format: "text" });
const ofLines = (run: TestRun): FunctionResult => judge(mutate.withoutPeerLog(run.end()));

/** Makes a story in which one environment is initialised ahead, connects and is never invoked. Another environment is invoked. */
function silentBesideInvoked(waitMs: number): TestRun {
  const run = inLogs();
  ready(run, connects);
  run.wait(waitMs);
  drive(run, ready(run), handlerConnect, 2);
  return run;
}

/** The findings about harm if lines of this many invocations are missing. */
const linesMissing = (invocations: number): readonly object[] => [
  {
    status: "unknown",
    code: "harm-unknown",
    parameters: { invocations, why: { code: "lines-missing", parameters: {} } },
  },
];

describe("if only the function's own lines are given", () => {
  it("an INIT without INVOKE that connected causes harm, and the result says that only these lines show it", () => {
    const run = silentBesideInvoked(1_000);
    // A text log does not show the end of an Init. The run is long enough for it to be inferred.
    run.wait(12_000);
    ready(run);
    const result = ofLines(run);
    expect([result.verdict, result.harm.total]).to.deep.equal(["fail", 2]);
    expect(result.harm.windows[0]?.parameters).to.deep.include({ holderInvocations: 0, ownLinesOnly: true });
    expect(judge(run.end()).harm.windows[0]?.parameters).to.deep.include({ ownLinesOnly: false });
  });

  it("harm is unknown if every connect line of the environment that failed is missing, also if the remaining numbers have one step", () => {
    const run = inLogs();
    drive(run, ready(run, connects), initConnect, 2);
    const failing = ready(run, connects);
    drive(run, failing, initConnect, 8);
    const evidence = mutate.withoutPeerLog(run.end());
    const without = mutate.withoutRecords(
      ({ logStreamName, message }) => logStreamName === failing.id && message.includes('"connect"'),
    );
    expect(said(judge(without(evidence)), "peer-reachable")).to.deep.equal(linesMissing(8));
  });

  it("harm is unknown if an invocation succeeded and its own lines are missing, because a logger that samples invocations left them out", () => {
    const run = inLogs();
    const holder = ready(run, connects);
    drive(run, holder, initConnect, 2);
    const other = ready(run, connects);
    drive(run, holder, initConnect, 1);
    run.leave(holder.connection ?? expect.fail());
    drive(run, other, handlerConnect, 3);
    const sampled = mutate.withoutRecords(
      ({ logStreamName, message }) =>
        logStreamName === other.id && message.includes('"longrun"') && !message.includes('"phase":"init"'),
    );
    const evidence = mutate.withoutSequences(mutate.withoutPeerLog(run.end()));
    expect([judge(evidence).harm.total, said(judge(sampled(evidence)), "peer-reachable")]).to.deep.equal([
      0,
      linesMissing(3),
    ]);
  });

  it("an invocation whose lines a logger left out does not show that its environment still had the earlier connection", () => {
    const run = inLogs();
    const holder = ready(run, connects);
    drive(run, holder, initConnect, 2);
    drive(run, ready(run), handlerConnect, 1);
    const [from, to] = [run.now, run.now + 5_000];
    run.wait(1_000);
    drive(run, holder, initConnect, 1);
    run.wait(10_000);
    const sampled = mutate.withoutRecords(
      ({ timestamp, message }) => timestamp > from && timestamp < to && message.includes('"longrun"'),
    );
    const evidence = mutate.withoutSequences(mutate.withoutPeerLog(run.end()));
    expect([judge(evidence).harm.total, judge(sampled(evidence)).harm.total]).to.deep.equal([1, 0]);
  });

  it("connections of two environments that were used in turn show that the peer has more than one place", () => {
    const inTurn = (turns: number): TestRun => {
      const run = new TestRun({ target: "logs", format: "text", capacity: 2 });
      const [one, two] = [ready(run, connects), ready(run, connects)];
      for (let turn = 0; turn < turns; turn += 1) {
        drive(run, two, initConnect, 1);
        drive(run, one, initConnect, 1);
      }
      drive(run, two, initConnect, 1);
      drive(run, ready(run), handlerConnect, 1);
      drive(run, one, initConnect, turns === 0 ? 0 : 1);
      drive(run, two, initConnect, 1);
      return run;
    };
    const evidence = mutate.withoutPeerLog(inTurn(1).end());
    const unknown = judge(evidence);
    expect([unknown.verdict, unknown.harm.total]).to.deep.equal(["inconclusive", 0]);
    expect(judge(evidence, { capacity: { places: 1, given: true } }).harm.total).to.equal(1);
    expect(judge(mutate.withoutPeerLog(inTurn(0).end())).harm.total).to.equal(1);
  });

  it("connections that overlap by no more than the clock tolerance do not show that the peer has more than one place", () => {
    const run = inLogs();
    const one = ready(run, connects);
    drive(run, one, initConnect, 4);
    run.invoke(one, (call) => initConnect.invoke(call));
    if (one.connection !== null) run.leave(one.connection);
    const two = ready(run, connects);
    drive(run, two, initConnect, 1);
    run.wait(2_000);
    drive(run, ready(run), handlerConnect, 1);
    drive(run, two, initConnect, 1);
    const evidence = mutate.withoutPeerLog(run.end());
    for (const aheadMs of [0, 900])
      expect(judge(mutate.withClockAhead(one.id, aheadMs)(evidence)).harm.total).to.equal(1);
  });

  it("two places are not concluded for our own peer, whose number of places is certain", () => {
    const run = new TestRun({ target: "aws" });
    const one = ready(run, connects);
    if (one.connection !== null) run.leave(one.connection, "idle-timeout");
    const two = ready(run, connects);
    drive(run, two, initConnect, 1);
    // The handler of this invocation does not use the connection.
    drive(run, one, neverConnecting, 1);
    drive(run, two, initConnect, 1);
    drive(run, ready(run), handlerConnect, 1);
    drive(run, two, initConnect, 1);
    expect(judge(mutate.withoutPeerLog(run.end())).harm.total).to.equal(1);
  });

  it("an INIT without INVOKE is not the holder after the time for which its environment counts as alive", () => {
    const evidence = mutate.withoutPeerLog(silentBesideInvoked(360_000).end());
    expect(judge(evidence).verdict).to.equal("inconclusive");
    expect(judge(evidence, { idleLifeMs: 600_000 }).verdict).to.equal("fail");
    expect(judge(evidence, { onlyClient: true }).verdict).to.equal("fail");
  });

  for (const design of [initConnect, lazyConnect]) {
    it(`${design.name}: an environment that ended before an unknown client connected causes no harm`, () => {
      const run = inLogs();
      const first = ready(run, (it) => design.init(it));
      drive(run, first, design, 2);
      first.retire();
      const connection = run.arrive(stranger, null);
      waitOneSecond(run);
      const next = ready(run, (it) => design.init(it));
      drive(run, next, design, 2);
      run.leave(connection);
      drive(run, next, design, 2);
      const result = ofLines(run);
      expect([result.verdict, result.harm.total]).to.deep.equal(["inconclusive", 0]);
      const [finding] = said(result, "peer-reachable");
      expect([finding?.code, finding?.parameters]).to.deep.equal([
        "harm-unknown",
        {
          invocations: 2,
          why: {
            code: "holder-unknown",
            parameters: { why: { code: "last-maybe-gone", parameters: { environment: first.id } } },
          },
        },
      ]);
    });

    it(`${design.name}: an environment was the holder if its connection is served again after another environment failed`, () => {
      const run = inLogs();
      const [first, other] = [ready(run, (it) => design.init(it)), ready(run, (it) => design.init(it))];
      drive(run, first, design, 2);
      drive(run, other, design, 2);
      waitOneSecond(run);
      drive(run, first, design, 1);
      expect([ofLines(run).verdict, ofLines(run).harm.windows[0]?.holder]).to.deep.equal(["fail", first.id]);
    });
  }

  it("a connection that its environment later finds closed is not known to have been open until then", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    if (first.connection !== null) run.leave(first.connection, "idle-timeout");
    const connection = run.arrive(stranger, null);
    drive(run, other, lazyConnect, 2);
    run.leave(connection);
    waitOneSecond(run);
    drive(run, first, lazyConnect, 2);
    expect(ofLines(run).verdict).to.equal("inconclusive");
  });

  it("a connection is not known to have stayed open if its environment opened another one later", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    if (first.connection !== null) run.leave(first.connection, "idle-timeout");
    first.connection = null;
    const connection = run.arrive(stranger, null);
    drive(run, other, lazyConnect, 2);
    run.leave(connection);
    waitOneSecond(run);
    drive(run, first, lazyConnect, 2);
    expect(ofLines(run).verdict).to.equal("inconclusive");
  });

  for (const how of ["throws", "crash", "timeout"] as const) {
    it(`an invocation that later fails on the connection (${how}) does not show that the connection was open until then`, () => {
      const run = inLogs();
      const [first, other] = [ready(run), ready(run)];
      drive(run, first, lazyConnect, 2);
      if (first.connection !== null) run.leave(first.connection, "reset");
      const connection = run.arrive(stranger, null);
      drive(run, other, lazyConnect, 2);
      run.leave(connection);
      waitOneSecond(run);
      run.invoke(first, (call) => {
        if (how === "throws") call.throws("ECONNRESET");
        else call.reset(how);
      });
      expect(ofLines(run).verdict).to.equal("inconclusive");
    });
  }

  it("a served invocation shows that the connection was open until then, even if the next invocation fails", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    drive(run, other, lazyConnect, 1);
    waitOneSecond(run);
    drive(run, first, lazyConnect, 1);
    run.invoke(first, (call) => call.throws("ECONNRESET"));
    expect(verdictOf(mutate.withoutPeerLog(run.end()))).to.equal("fail harm");
  });

  it("a served invocation shows that the connection was open until then, even if the connection is closed later", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    drive(run, other, lazyConnect, 1);
    waitOneSecond(run);
    drive(run, first, lazyConnect, 1);
    if (first.connection !== null) run.leave(first.connection, "idle-timeout");
    drive(run, first, lazyConnect, 1);
    expect(verdictOf(mutate.withoutPeerLog(run.end()))).to.equal("fail harm");
  });

  it("a missing disconnect line alone does not make an environment the holder", () => {
    const run = inLogs();
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, handlerConnect, 3);
    const connection = run.arrive(stranger, null);
    drive(run, other, handlerConnect, 2);
    run.leave(connection);
    waitOneSecond(run);
    drive(run, first, handlerConnect, 3);
    const quiet = mutate.withoutRecords(({ message }) => message.includes('"event":"disconnect"'));
    const uncounted = mutate.chain(quiet, mutate.withoutSequences, mutate.withoutPeerLog);
    expect(judge(uncounted(run.end())).verdict).to.equal("inconclusive");
  });
});

describe("a peer log without hello", () => {
  const found = ({ verdict, harm }: FunctionResult): unknown[] => [
    verdict,
    harm.windows.map(({ parameters }) => parameters?.ownLinesOnly),
  ];

  it("names the holder together with the function's own lines, if it shows that the peer still served the function", () => {
    const run = new TestRun({ target: "logs", hello: false });
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    drive(run, other, lazyConnect, 2);
    expect(found(judge(run.end()))).to.deep.equal(["fail", [false]]);
    expect(found(ofLines(run))).to.deep.equal(["inconclusive", []]);
  });

  it("leaves the function's own lines as the only witness, if it ended before the peer turned an environment away", () => {
    const run = new TestRun({ target: "logs", hello: false });
    const [first, other] = [ready(run), ready(run)];
    drive(run, first, lazyConnect, 2);
    waitOneSecond(run);
    const endedAt = run.now;
    run.wait(60_000);
    drive(run, other, lazyConnect, 2);
    waitOneSecond(run);
    drive(run, first, lazyConnect, 1);
    expect(found(judge(run.end()))).to.deep.equal(["fail", [false]]);
    const cut = mutate.peerLogWithout(({ time }) => Date.parse(time) > endedAt);
    expect(found(judge(cut(run.end())))).to.deep.equal(["fail", [true]]);
  });
});
