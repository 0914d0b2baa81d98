/** Tests the judgement of each hazard that causes harm, and which holder it names. */
import { expect } from "chai";
import {
  aheadElsewhere,
  connects,
  drive,
  exposed,
  handlerConnect,
  initConnect,
  lazyConnect,
  ready,
  waitOneSecond,
} from "./designs.ts";
import { causes, judge, said, verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun } from "./story.ts";

describe("harm", () => {
  for (const target of ["local", "aws", "logs"] as const) {
    it(`${target}: a frozen environment keeps the peer while another one is invoked (lazy-connect)`, () => {
      const run = new TestRun({ target });
      const frozen = ready(run);
      drive(run, frozen, lazyConnect, 3);
      const invoked = ready(run);
      drive(run, invoked, lazyConnect, 2);
      const result = judge(run.end());
      expect([result.verdict, result.reasons, result.harm.total]).to.deep.equal(["fail", ["harm"], 2]);
      expect(result.harm.windows[0]).to.deep.include({
        holder: frozen.id,
        environments: [invoked.id],
        invocations: 2,
      });
      expect(result.harm.windows[0]?.parameters).to.deep.include({
        openedIn: "invoke",
        holderInvocations: 3,
      });
    });

    it(`${target}: an environment that ended silently during an invocation defeats handler-connect`, () => {
      const run = new TestRun({ target });
      const dies = ready(run);
      drive(run, dies, handlerConnect, 2);
      run.invoke(dies, (call) => {
        dies.connect();
        call.environmentEnds("silence");
      });
      waitOneSecond(run);
      const next = ready(run);
      drive(run, next, handlerConnect, 2);
      const result = judge(run.end());
      expect([result.verdict, result.reasons]).to.deep.equal(["fail", ["harm"]]);
      expect(result.harm.windows[0]?.holder).to.equal(dies.id);
      const broken = result.invocationList.find(
        (one) => one.outcome === (target === "logs" ? "unknown" : "invocation-error"),
      );
      expect(broken?.cause).to.equal(target === "logs" ? null : "environment-ended");
    });

    it(`${target}: a connection of an earlier boot of the same environment counts as another holder`, () => {
      const run = new TestRun({ target });
      const environment = ready(run, connects);
      drive(run, environment, initConnect, 1);
      run.invoke(environment, (call) => {
        call.exchange();
        // The process dies without notice to the peer, so its connection stays open there.
        environment.connection = null;
        call.reset("timeout");
      });
      waitOneSecond(run);
      environment.startBoot(() => connects(environment));
      drive(run, environment, initConnect, 2);
      const evidence = mutate.withoutLinkLog(run.end());
      const result = judge(evidence);
      expect([result.verdict, result.harm.total, result.harm.windows[0]?.holder]).to.deep.equal([
        "fail",
        2,
        environment.id,
      ]);
      expect(result.harm.windows[0]?.parameters).to.deep.include({
        holder: environment.id,
        earlierProcess: true,
        holderInvocations: 4,
        failed: [environment.id],
        invocations: 2,
      });
      expect(verdictOf(mutate.withoutPeerLog(evidence))).to.match(/^inconclusive.*evidence-missing/);
    });
  }

  it("is not assumed if the process that had the connection crashed, and so wrote no line about the end of the connection", () => {
    const run = new TestRun({ target: "logs" });
    const dies = ready(run, connects);
    run.invoke(dies, (call) => call.reset("crash"));
    waitOneSecond(run);
    const other = ready(run, connects);
    other.connection = null;
    const evidence = mutate.withoutPeerLog(run.end());
    expect(judge(evidence).harm.total).to.equal(0);
  });

  it("does not include a refusal if a retry in the same invocation succeeded", () => {
    const run = new TestRun();
    const silent = ready(run, connects);
    const retrying = ready(run);
    run.invoke(retrying, (call) => {
      expect(retrying.connect()).to.equal("refused");
      run.wait(300);
      silent.retire("fin");
      expect(retrying.connect()).to.equal("accepted");
      call.exchange();
      retrying.disconnect();
    });
    const result = judge(run.end());
    expect([result.harm.total, result.harm.delayed, result.invocationList.at(0)?.delayed]).to.deep.equal([
      0,
      1,
      true,
    ]);
    expect([result.verdict, result.reasons]).to.deep.equal(["inconclusive", ["discipline"]]);
  });

  for (const target of ["local", "aws", "logs"] as const) {
    it(`${target}: an attempt that waited in vain in the queue is harm with admission backlog`, () => {
      const run = new TestRun({ target, admission: "backlog" });
      aheadElsewhere(run, initConnect, { before: 2, during: 3, after: 2 });
      const result = judge(run.end());
      expect([result.verdict, result.harm.total, result.harm.windows.length]).to.deep.equal(["fail", 3, 1]);
      expect(result.harm.windows[0]?.holder).to.equal(run.environments[1]?.id);
    });
  }

  it("includes an attempt that ended without an answer at the function time-out, if only the link shows it", () => {
    const run = new TestRun({ admission: "backlog" });
    const silent = ready(run, connects);
    const invoked = ready(run);
    waitOneSecond(run);
    run.invoke(invoked, (call) => {
      const link = run.newLink(invoked);
      run.linkLine("opened", link);
      const waiting = run.arrive({ bootId: invoked.bootId, logStream: invoked.id, phase: "invoke" }, link);
      run.linkLine("connected", link, { upstreamLocal: waiting.remote });
      run.wait(10_000);
      call.reset("timeout");
      run.leave(waiting);
      run.linkClosed(waiting, "function", "fin", false);
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.windows[0]?.holder, causes(result)]).to.deep.equal([
      "fail",
      silent.id,
      ["harm"],
    ]);
  });

  it("is unknown if an invocation timed out while the peer was held, and no line shows whether it tried to connect", () => {
    const run = new TestRun({ target: "aws" });
    ready(run, connects);
    const invoked = ready(run);
    run.invoke(invoked, (call) => {
      run.wait(10_000);
      call.reset("timeout");
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.total, result.reasons]).to.deep.equal([
      "inconclusive",
      0,
      ["discipline", "evidence-missing"],
    ]);
  });

  for (const [known, and, { held, refused, target }, code, reasons] of [
    [
      "unknown",
      "",
      { held: true, refused: false, target: "logs" },
      "harm-unknown",
      ["discipline", "evidence-missing"],
    ],
    [
      "excluded",
      ", but lines about clients that were turned away",
      { held: true, refused: true, target: "logs" },
      "peer-held",
      ["harm"],
    ],
    [
      "excluded",
      ", and the peer was free",
      { held: false, refused: false, target: "logs" },
      "peer-reached",
      [],
    ],
    [
      "excluded",
      ", and our own peer logs every client",
      { held: true, refused: false, target: "aws" },
      "peer-reached",
      ["discipline"],
    ],
  ] as const)
    it(`is ${known} for an invocation that timed out, if the peer's complete log has no line about it${and}`, () => {
      const run = new TestRun({ target, format: "text" });
      const holder = exposed(run);
      if (held) connects(holder);
      const invoked = ready(run);
      if (refused) drive(run, invoked, handlerConnect, 1);
      waitOneSecond(run);
      run.invoke(invoked, (call) => {
        run.wait(10_000);
        call.reset("timeout");
      });
      waitOneSecond(run);
      holder.disconnect();
      waitOneSecond(run);
      drive(run, ready(run), handlerConnect, 2);
      const result = judge(run.end(), { settleMs: 0 });
      const timedOut = result.invocationList.find(({ cause }) => cause === "function-timeout");
      expect([timedOut?.harmed, result.reasons]).to.deep.equal([false, reasons]);
      const codes = said(result, "peer-reachable").map((one) => one.code);
      expect(codes.filter((one) => one !== "harm-suspected")).to.deep.equal([code]);
    });

  it("includes a connection that was evicted before its exchange, if the invocation got no other connection", () => {
    const run = new TestRun({ admission: "evict", target: "aws" });
    const invoked = ready(run);
    const other = run.environment();
    run.invoke(invoked, (call) => {
      invoked.connect();
      run.wait(50);
      other.init(() => connects(other));
      invoked.line("disconnect", { outcome: "evicted", connection: 1 });
      call.throws("PeerEvictedError");
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.windows[0]?.holder, causes(result)]).to.deep.equal([
      "fail",
      other.id,
      ["harm"],
    ]);
  });

  it("includes a kept connection that was evicted since the last invocation, if the invocation got no other connection", () => {
    const run = new TestRun({ admission: "evict", target: "aws" });
    const invoked = ready(run);
    drive(run, invoked, lazyConnect, 1);
    const other = ready(run, connects);
    waitOneSecond(run);
    run.invoke(invoked, (call) => {
      invoked.line("disconnect", { outcome: "evicted", connection: 1 });
      call.throws("PeerEvictedError");
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.windows[0]?.holder]).to.deep.equal(["fail", other.id]);
  });

  it("does not include an evicted connection that was replaced in the same invocation", () => {
    const run = new TestRun({ admission: "evict" });
    const one = ready(run, connects);
    const two = ready(run, connects);
    for (let round = 0; round < 3; round += 1) {
      drive(run, one, initConnect, 1);
      drive(run, two, initConnect, 1);
    }
    expect(verdictOf(run.end())).to.equal("inconclusive discipline");
  });

  it("has a window that ends at the first served invocation, and a new window that begins at the next harmed one", () => {
    const run = new TestRun();
    const invoked = ready(run);
    const silent = ready(run, connects);
    drive(run, invoked, handlerConnect, 2);
    silent.retire("fin");
    drive(run, invoked, handlerConnect, 1);
    const another = ready(run, connects);
    drive(run, invoked, handlerConnect, 1);
    const result = judge(run.end());
    expect(result.harm.windows.map(({ holder, invocations }) => [holder, invocations])).to.deep.equal([
      [silent.id, 2],
      [another.id, 1],
    ]);
    expect(result.harm.windows.map(({ parameters }) => parameters?.untilRunEnd)).to.deep.equal([false, true]);
    expect(result.statistics.exposuresFailed).to.equal(2);
  });

  it("also occurs between two versions of one function", () => {
    const run = new TestRun({ target: "aws" });
    const old = ready(run);
    drive(run, old, lazyConnect, 2);
    const next = ready(run);
    drive(run, next, lazyConnect, 1);
    const published = mutate.renamedStream(next.id, next.id.replace("$LATEST", "7"))(run.end());
    const result = judge(published);
    expect([result.verdict, result.environments.map((one) => one.version)]).to.deep.equal([
      "fail",
      ["$LATEST", "7"],
    ]);
  });
});
