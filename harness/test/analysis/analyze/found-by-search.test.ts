/**
 * Cases that a search over random stories (scripts of runs whose truth is known) found in the past. At that time, each case had a wrong verdict or
 * a wrong holder.
 */
import { expect } from "chai";
import type { Evidence } from "../../../src/record/evidence.ts";
import { causes, judge, verdictOf } from "./judge.ts";
import { connects, drive, exposed, handlerConnect, lazyConnect, ready, waitOneSecond } from "./designs.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

const stranger = { bootId: null, logStream: "laptop", phase: null };
const linkLogWithout = (evidence: Evidence, event: string): Evidence => ({
  ...evidence,
  functions: evidence.functions.map((one) => ({
    ...one,
    linkLog: one.linkLog?.filter((line) => line.event !== event) ?? null,
  })),
});

describe("the search over random stories found that", () => {
  it("a connection that ended with the peer's process was not evicted, whatever the function's line says", () => {
    const run = new TestRun({ target: "logs" });
    const [one, other] = [ready(run), ready(run)];
    drive(run, one, lazyConnect, 1);
    run.peerDies();
    if (one.connection !== null) one.connection.state = "over";
    drive(run, one, lazyConnect, 1);
    run.peerReady();
    waitOneSecond(run);
    drive(run, other, lazyConnect, 1);
    const result = judge(run.end());
    expect([result.harm.total, causes(result)]).to.deep.equal([0, ["peer-down"]]);
  });

  it("of two accepted lines near one line of the function, one belongs to another client", () => {
    const run = new TestRun({ target: "logs", hello: false });
    const [one, other] = [ready(run), ready(run)];
    run.invoke(one, (call) => {
      one.connect();
      call.environmentEnds("rst");
    });
    run.wait(500);
    run.arrive(null, null);
    waitOneSecond(run);
    drive(run, other, handlerConnect, 2);
    expect(judge(run.end()).harm.total).to.equal(0);
  });

  it("a peer's log does not show who held the peer after the log's last line", () => {
    const run = new TestRun({ target: "logs" });
    const one = ready(run);
    drive(run, one, lazyConnect, 1);
    const lines = run.peerLog.length;
    run.wait(5_000);
    one.retire("fin");
    run.arrive(stranger, null);
    drive(run, ready(run), lazyConnect, 2);
    run.peerLog.splice(lines);
    expect(judge(run.end()).harm.total).to.equal(0);
  });

  it("a connection that the function closed one invocation later was held across a freeze", () => {
    const run = new TestRun({ target: "logs", peerClockMs: -900 });
    const environment = exposed(run);
    run.invoke(environment, (call) => {
      environment.connect();
      call.exchange();
    });
    run.wait(500);
    run.invoke(environment, (call) => {
      call.exchange();
      environment.disconnect();
    });
    drive(run, environment, handlerConnect, 2);
    expect(verdictOf(run.end())).to.equal("inconclusive discipline");
  });

  it("the peer's clock alone does not prove that the function closed a connection after its invocation", () => {
    const run = new TestRun({ target: "logs", peerClockMs: -900 });
    ready(run);
    const environment = ready(run);
    drive(run, environment, lazyConnect, 1);
    environment.retire("fin");
    run.wait(3_600_000);
    run.arrive(stranger, null);
    expect(judge(run.end()).verdict).to.equal("inconclusive");
  });

  it("a peer's clock that is known to be far behind does not prove that a connection was closed in time", () => {
    const run = new TestRun({ target: "logs", peerClockMs: -20_000 });
    const environment = exposed(run);
    drive(run, environment, lazyConnect, 1);
    const { connection } = environment;
    run.wait(5_000);
    if (connection !== null) run.leave(connection, "idle-timeout");
    drive(run, environment, lazyConnect, 1);
    expect(verdictOf(run.end())).to.not.equal("pass");
  });

  it("an ERROR line belongs to its invocation even if it comes before the START", () => {
    const run = new TestRun({ target: "logs", format: "text" });
    const environment = exposed(run);
    run.invoke(environment, (call) => call.throws("TypeError"));
    waitOneSecond(run);
    drive(run, environment, handlerConnect, 2);
    const evidence = mutate.chain(mutate.withoutEventIds, mutate.reordered)(run.end());
    expect(judge(evidence).reasons).to.include("unexplained-failure");
  });

  it("an invocation with only the function's lines has lost its START", () => {
    const run = new TestRun({ target: "logs" });
    const environment = exposed(run);
    const call = run.invoke(environment, () => {});
    waitOneSecond(run);
    drive(run, environment, handlerConnect, 2);
    const cut = mutate.withoutRecords(
      ({ message }) => message.includes(call.requestId) && !message.includes('"longrun"'),
    );
    expect(verdictOf(run.end())).to.equal("pass");
    expect(judge(cut(run.end())).reasons).to.include("accounting");
  });

  it("if a new process starts after a time-out and is refused, this is not harm to the invocation that had timed out", () => {
    const run = new TestRun();
    const [one, other] = [ready(run), ready(run)];
    drive(run, other, lazyConnect, 1);
    run.invoke(one, (call) => {
      run.wait(10_000);
      call.reset("timeout");
    });
    run.wait(10);
    one.startBoot(() => connects(one));
    const unnamed = (evidence: Evidence): Evidence => ({
      ...evidence,
      functions: evidence.functions.map((each) => ({
        ...each,
        peerLog:
          each.peerLog?.map((line) =>
            line.hello === null ? line : { ...line, hello: { ...line.hello, phase: null } },
          ) ?? null,
      })),
    });
    const withoutConnects = mutate.withoutRecords(({ message }) => message.includes('"event":"connect"'));
    expect(judge(withoutConnects(unnamed(run.end()))).harm.total).to.equal(0);
  });

  it("a log that lost lines about served connections names a holder only if a later line shows who held the peer", () => {
    const run = new TestRun({ target: "logs" });
    const [one, other] = [ready(run), ready(run)];
    drive(run, one, handlerConnect, 1);
    waitOneSecond(run);
    const laptop = run.arrive(stranger, null);
    waitOneSecond(run);
    drive(run, other, handlerConnect, 2);
    run.leave(laptop);
    const lost = mutate.peerLogWithout(
      ({ event, connection }) =>
        (connection === 1 && event === "closed") || (connection === laptop.number && event === "accepted"),
    );
    const uncounted = mutate.chain(
      lost,
      mutate.withoutRecords(({ message }) => message.includes('"disconnect"')),
    );
    expect(judge(uncounted(run.end())).harm.total).to.equal(0);
  });

  it("a later accepted line shows that an earlier connection is over, even without a line about its end", () => {
    const run = new TestRun({ target: "logs" });
    const [one, two, three] = [ready(run), ready(run), ready(run)];
    drive(run, one, lazyConnect, 1);
    if (one.connection !== null) run.leave(one.connection);
    run.wait(2_000);
    drive(run, two, lazyConnect, 1);
    run.wait(2_000);
    drive(run, three, lazyConnect, 1);
    // The peer's log loses the end of connection 1 and all lines of connection 2. Connection 3 becomes 2, so that no gap shows the loss.
    const lost = mutate.peerLogWithout(
      ({ event, connection }) => (connection === 1 && event === "closed") || connection === 2,
    );
    const renumbered = (evidence: Evidence): Evidence => ({
      ...evidence,
      functions: evidence.functions.map((each) => ({
        ...each,
        peerLog:
          each.peerLog?.map((line) => (line.connection === 3 ? { ...line, connection: 2 } : line)) ?? null,
      })),
    });
    const windows = judge(mutate.chain(lost, renumbered)(run.end())).harm.windows;
    expect(windows.map(({ holder }) => holder)).to.not.include(one.id);
  });

  it("an attempt in the same millisecond as a START is not in the Init if only that START shows when the Init ended", () => {
    const run = new TestRun({ format: "json-info", lines: false });
    ready(run, connects);
    const environment = ready(run);
    run.now += 5_000;
    run.invoke(environment, (call) => {
      environment.connect();
      call.throws("PeerBusyError");
    });
    waitOneSecond(run);
    run.invoke(environment, (call) => call.throws("TypeError"));
    expect(judge(run.end()).harm.total).to.be.at.most(1);
  });

  it("a connection of an ended environment does not hold the peer, even without a line about its end", () => {
    const run = new TestRun();
    const one = ready(run);
    drive(run, one, handlerConnect, 1);
    run.invoke(one, (call) => {
      one.connect();
      call.environmentEnds("fin");
    });
    run.arrive(stranger, null);
    drive(run, ready(run), handlerConnect, 2);
    const evidence = mutate.withoutPeerLog(run.end());
    expect(judge(linkLogWithout(evidence, "closed")).harm.total).to.equal(0);
  });
});
