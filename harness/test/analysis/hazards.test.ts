/** Each hazard, each cause that is not harm, each way a handler can behave: what the judgement says of it. */
import { expect } from "chai";
import type { FunctionResult } from "../../src/domain/run-result.ts";
import { aheadElsewhere, drive, handlerConnect, initConnect, lazyConnect } from "./designs.ts";
import { judge, verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { TestRun, type TestEnvironment } from "./story.ts";

const causes = (result: FunctionResult): (string | null)[] => result.invocationList.filter((one) => one.outcome !== "succeeded").map((one) => one.cause);
const ready = (run: TestRun, init: (environment: TestEnvironment) => void = () => {}): TestEnvironment => {
  const environment = run.environment();
  return environment.init(() => init(environment));
};
const connects = (environment: TestEnvironment): void => void environment.connect();
const second = (run: TestRun): void => void run.wait(1_000);

/** handler-connect beside a silent environment: a run that shows something, for causes to be added to. */
function exposed(run: TestRun): TestEnvironment {
  ready(run);
  const environment = ready(run);
  drive(run, environment, handlerConnect, 2);
  return environment;
}

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
      expect(result.harm.windows[0]).to.deep.include({ holder: frozen.id, environments: [invoked.id], invocations: 2 });
      expect(result.harm.windows[0]?.text).to.include("opened in the Invoke phase; it handled 3 invocations in its life");
    });

    it(`${target}: an environment that died in silence in mid-invocation defeats handler-connect`, () => {
      const run = new TestRun({ target });
      const dies = ready(run);
      drive(run, dies, handlerConnect, 2);
      run.invoke(dies, (call) => {
        dies.connect();
        call.environmentEnds("silence");
      });
      second(run);
      const next = ready(run);
      drive(run, next, handlerConnect, 2);
      const result = judge(run.end());
      expect([result.verdict, result.reasons]).to.deep.equal(["fail", ["harm"]]);
      expect(result.harm.windows[0]?.holder).to.equal(dies.id);
      const broken = result.invocationList.find((one) => one.outcome === (target === "logs" ? "unknown" : "invocation-error"));
      expect(broken?.cause).to.equal(target === "logs" ? null : "environment-ended");
    });

    it(`${target}: a connection of an earlier boot of the same environment is somebody else's`, () => {
      const run = new TestRun({ target });
      const environment = ready(run, connects);
      drive(run, environment, initConnect, 1);
      run.invoke(environment, (call) => {
        call.exchange();
        // The process dies and the peer is not told: its connection stays open there.
        environment.connection = null;
        call.reset("timeout");
      });
      second(run);
      environment.startBoot(() => connects(environment));
      drive(run, environment, initConnect, 2);
      const evidence = mutate.withoutLinkLog(run.end());
      const result = judge(evidence);
      expect([result.verdict, result.harm.total, result.harm.windows[0]?.holder]).to.deep.equal(["fail", 2, environment.id]);
      expect(verdictOf(mutate.withoutPeerLog(evidence))).to.match(/^inconclusive.*evidence-missing/);
    });
  }

  it("names a dead boot as the holder from its own lines never: its silence proves nothing", () => {
    const run = new TestRun({ target: "logs" });
    const dies = ready(run, connects);
    run.invoke(dies, (call) => call.reset("crash"));
    second(run);
    const other = ready(run, connects);
    other.connection = null;
    const evidence = mutate.withoutPeerLog(run.end());
    expect(judge(evidence).harm.total).to.equal(0);
  });

  it("counts a refusal that a retry in the same invocation overcame as delay", () => {
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
    expect([result.harm.total, result.harm.delayed, result.invocationList[0]?.delayed]).to.deep.equal([0, 1, true]);
    expect([result.verdict, result.reasons]).to.deep.equal(["inconclusive", ["discipline"]]);
  });

  for (const target of ["local", "aws", "logs"] as const) {
    it(`${target}: a wait in vain for the place is harm under backlog`, () => {
      const run = new TestRun({ target, admission: "backlog" });
      aheadElsewhere(run, initConnect, { before: 2, during: 3, after: 2 });
      const result = judge(run.end());
      expect([result.verdict, result.harm.total, result.harm.windows.length]).to.deep.equal(["fail", 3, 1]);
      expect(result.harm.windows[0]?.holder).to.equal(run.environments[1]?.id);
    });
  }

  it("counts an attempt that the function time-out cut off unanswered, by the link", () => {
    const run = new TestRun({ admission: "backlog" });
    const silent = ready(run, connects);
    const invoked = ready(run);
    second(run);
    run.invoke(invoked, (call) => {
      const link = run.linkOpened(invoked);
      run.linkLine("opened", link);
      const waiting = run.arrive({ bootId: invoked.bootId, logStream: invoked.id, phase: "invoke" }, link);
      run.linkLine("connected", link, { upstreamLocal: waiting.remote });
      run.wait(10_000);
      call.reset("timeout");
      run.leave(waiting);
      run.linkClosed(waiting, "function", "fin", false);
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.windows[0]?.holder, causes(result)]).to.deep.equal(["fail", silent.id, ["harm"]]);
  });

  it("is unknown for a time-out without a word about the peer while another environment holds it", () => {
    const run = new TestRun({ target: "aws" });
    ready(run, connects);
    const invoked = ready(run);
    run.invoke(invoked, (call) => {
      run.wait(10_000);
      call.reset("timeout");
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.total, result.reasons]).to.deep.equal(["inconclusive", 0, ["discipline", "evidence-missing"]]);
  });

  it("is a connection evicted before its exchange, which got no other", () => {
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
    expect([result.verdict, result.harm.windows[0]?.holder, causes(result)]).to.deep.equal(["fail", other.id, ["harm"]]);
  });

  it("is a kept connection evicted since the last invocation, which got no other", () => {
    const run = new TestRun({ admission: "evict", target: "aws" });
    const invoked = ready(run);
    drive(run, invoked, lazyConnect, 1);
    const other = ready(run, connects);
    second(run);
    run.invoke(invoked, (call) => {
      invoked.line("disconnect", { outcome: "evicted", connection: 1 });
      call.throws("PeerEvictedError");
    });
    const result = judge(run.end());
    expect([result.verdict, result.harm.windows[0]?.holder]).to.deep.equal(["fail", other.id]);
  });

  it("is none where an evicted connection was replaced in the same invocation", () => {
    const run = new TestRun({ admission: "evict" });
    const one = ready(run, connects);
    const two = ready(run, connects);
    for (let round = 0; round < 3; round += 1) {
      drive(run, one, initConnect, 1);
      drive(run, two, initConnect, 1);
    }
    expect(verdictOf(run.end())).to.equal("inconclusive discipline");
  });

  it("ends a window at the first served invocation and opens another at the next harmed one", () => {
    const run = new TestRun();
    const invoked = ready(run);
    const silent = ready(run, connects);
    drive(run, invoked, handlerConnect, 2);
    silent.retire("fin");
    drive(run, invoked, handlerConnect, 1);
    const another = ready(run, connects);
    drive(run, invoked, handlerConnect, 1);
    const result = judge(run.end());
    expect(result.harm.windows.map(({ holder, invocations }) => [holder, invocations])).to.deep.equal([[silent.id, 2], [another.id, 1]]);
    expect(result.harm.windows[1]?.text).to.include("until the end of the run");
    expect(result.statistics.exposuresFailed).to.equal(2);
  });

  it("happens between versions of one function", () => {
    const run = new TestRun({ target: "aws" });
    const old = ready(run);
    drive(run, old, lazyConnect, 2);
    const next = ready(run);
    drive(run, next, lazyConnect, 1);
    const published = mutate.renamedStream(next.id, next.id.replace("$LATEST", "7"))(run.end());
    const result = judge(published);
    expect([result.verdict, result.environments.map((one) => one.version)]).to.deep.equal(["fail", ["$LATEST", "7"]]);
  });
});

describe("failures that are not harm", () => {
  it("a peer that is down is a named cause, and its exposures do not count", () => {
    const run = new TestRun();
    ready(run);
    const environment = ready(run);
    run.peerDies();
    drive(run, environment, handlerConnect, 3);
    const result = judge(run.end());
    expect([result.verdict, result.reasons, result.exposure.total, causes(result)]).to.deep.equal([
      "inconclusive", ["no-exposure"], 0, ["peer-down", "peer-down", "peer-down"],
    ]);
  });

  it("a peer that was down and came back does not spoil a pass", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.peerDies();
    drive(run, environment, handlerConnect, 2);
    run.peerReady();
    drive(run, environment, handlerConnect, 2);
    const result = judge(run.end());
    expect([result.verdict, causes(result)]).to.deep.equal(["pass", ["peer-down", "peer-down"]]);
  });

  it("a peer restarted in mid-invocation is a named cause", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.invoke(environment, (call) => {
      environment.connect();
      run.peerDies();
      run.wait(200);
      run.peerReady();
      environment.line("disconnect", { outcome: "reset", connection: 3 });
      environment.connection = null;
      call.throws("PeerResetError");
    });
    second(run);
    drive(run, environment, handlerConnect, 1);
    const result = judge(run.end());
    expect([result.verdict, causes(result)]).to.deep.equal(["pass", ["peer-down"]]);
  });

  for (const [who, hello, cause, verdict] of [
    ["names something that is no environment", { bootId: null, logStream: "operators-laptop", phase: null }, "peer-held-by-stranger", "pass"],
    ["does not say who it is", null, null, "inconclusive unexplained-failure evidence-missing"],
    ["names a log stream that is not in the evidence", { bootId: "x", logStream: "2026/11/25/[$LATEST]ffffffffffffffffffffffffffffffff", phase: "init" }, null, "inconclusive unexplained-failure evidence-missing accounting"],
  ] as const) {
    it(`a holder that ${who} makes the cause ${cause ?? "unknown"}`, () => {
      const run = new TestRun({ target: "aws" });
      const environment = exposed(run);
      const stranger = run.arrive(hello, null);
      drive(run, environment, handlerConnect, 2);
      run.leave(stranger);
      drive(run, environment, handlerConnect, 2);
      const evidence = run.end();
      const result = judge(evidence);
      expect([verdictOf(evidence), causes(result), result.harm.total]).to.deep.equal([verdict, [cause, cause], 0]);
    });
  }

  it("a stream of another function of the run is a stranger", () => {
    const other = new TestRun({ name: "g", target: "aws" });
    const run = new TestRun({ target: "aws" });
    const foreign = { ...other.environment(), id: "2026/11/25/[$LATEST]eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" };
    const environment = exposed(run);
    const stranger = run.arrive({ bootId: "g-1", logStream: foreign.id, phase: "init" }, null);
    drive(run, environment, handlerConnect, 1);
    run.leave(stranger);
    drive(run, environment, handlerConnect, 1);
    const evidence = run.end();
    const records = [{ logGroup: "/aws/lambda/g", logStreamName: foreign.id, timestamp: 1, message: "x", ingestionTime: null, eventId: "1" }];
    const both = { ...evidence, functions: [...evidence.functions, { name: "g", functionArn: null, records, peerLog: null, linkLog: null, unreadable: [] }] };
    expect(causes(judge(both))).to.deep.equal(["peer-held-by-stranger"]);
  });

  it("a handler's own exception explains nothing, also while another environment holds the peer", () => {
    const run = new TestRun();
    ready(run, connects);
    const environment = ready(run);
    run.invoke(environment, (call) => call.throws("TypeError"));
    second(run);
    const result = judge(run.end());
    expect([result.harm.total, causes(result), result.reasons]).to.deep.equal([0, [null], ["unexplained-failure", "discipline", "evidence-missing"]]);
  });

  it("an exception after a served exchange is unexplained, not harm", () => {
    const run = new TestRun();
    const environment = exposed(run);
    run.invoke(environment, (call) => {
      handlerConnect.invoke(call);
      call.throws("TypeError");
    });
    second(run);
    drive(run, environment, handlerConnect, 1);
    expect(verdictOf(run.end())).to.equal("inconclusive unexplained-failure");
  });

  it("a refusal in Init counts for an invocation that made no attempt of its own", () => {
    const run = new TestRun();
    ready(run, connects);
    const environment = ready(run, connects);
    run.invoke(environment, (call) => call.throws("NoConnectionError"));
    expect(verdictOf(run.end())).to.equal("fail harm");
  });

  for (const [kind, cause] of [["timeout", "function-timeout"], ["crash", "crash"]] as const) {
    it(`a ${kind} after the exchange is a named cause and no flaw of the connection it cut`, () => {
      const run = new TestRun();
      const environment = exposed(run);
      run.invoke(environment, (call) => {
        environment.connect();
        call.exchange();
        call.reset(kind);
      });
      second(run);
      environment.startBoot(() => {});
      drive(run, environment, handlerConnect, 2);
      const result = judge(run.end());
      expect([result.verdict, causes(result), result.exposure.reset, result.exposure.reinitialised]).to.deep.equal(["pass", [cause], 1, 1]);
      const boots = result.environments.find((one) => one.id === environment.id)?.boots ?? [];
      expect(boots.map((boot) => boot.reset)).to.deep.equal([kind, null]);
    });
  }

  it("an environment that ended in mid-invocation by FIN is a named cause and no flaw", () => {
    const run = new TestRun();
    ready(run);
    const dies = ready(run);
    drive(run, dies, handlerConnect, 1);
    run.invoke(dies, (call) => {
      dies.connect();
      call.environmentEnds("fin");
    });
    second(run);
    const next = ready(run);
    drive(run, next, handlerConnect, 2);
    const result = judge(run.end());
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal(["pass", [], ["environment-ended"]]);
    expect(result.environments.find((one) => one.id === dies.id)?.ending).to.equal("vanished");
  });

  it("a throttle is explained by an invocation of ours that covers it, and by nothing else", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.wait(5_000);
    run.throttled();
    run.wait(5_000);
    drive(run, environment, handlerConnect, 1);
    expect([verdictOf(run.end()), causes(judge(run.end()))]).to.deep.equal(["inconclusive unexplained-failure", [null]]);
    const covered = new TestRun({ target: "aws" });
    const busy = exposed(covered);
    covered.invoke(busy, (call) => {
      handlerConnect.invoke(call);
      covered.throttled();
    });
    expect(causes(judge(covered.end()))).to.deep.equal(["throttle-explained"]);
  });

  for (const [target, how, mutation, verdict] of [
    ["local", "the link saw nothing arrive", mutate.asIs, "pass"],
    ["aws", "the peer's log has no hole and saw nothing arrive", mutate.asIs, "pass"],
    ["aws", "nothing shows whether it knocked", mutate.withoutPeerLog, "inconclusive evidence-missing"],
  ] as const) {
    it(`${target}: a process that died before its first line of an invocation, where ${how}: ${verdict}`, () => {
      const run = new TestRun({ target });
      const environment = exposed(run);
      const lines = run.records.length;
      run.invoke(environment, (call) => call.reset("crash"));
      const invokeLine = run.records.findIndex((record, index) => index >= lines && record.message.includes('"event":"invoke"'));
      run.records.splice(invokeLine, 1);
      second(run);
      environment.startBoot(() => {});
      drive(run, environment, handlerConnect, 3);
      expect([verdictOf(mutation(run.end())), causes(judge(mutation(run.end())))]).to.deep.equal([verdict, ["crash"]]);
    });
  }
});

describe("lives", () => {
  it("end where the engine's record of its plan says so: an exposure needs two that are alive", () => {
    const run = new TestRun();
    const silent = ready(run);
    run.wait(500);
    const from = new Date(run.now).toISOString();
    run.wait(500);
    const to = new Date(run.now).toISOString();
    run.wait(500);
    const invoked = ready(run);
    drive(run, invoked, handlerConnect, 2);
    const evidence = run.end();
    const plan = {
      schemaVersion: 1, profile: "p", seed: 1, durationMs: 1, intervalMs: 1, placement: "most-recent",
      entries: [{ offsetMs: 0, action: "retire", selector: "oldest-idle", ending: "fin" }],
    } as const;
    const applied = [{ functionName: "f", entry: 0, result: "applied", from, to, environments: [silent.id], detail: null }] as const;
    expect([judge(evidence).exposure.total, judge({ ...evidence, plan, applied }).exposure.total]).to.deep.equal([1, 0]);
    expect(judge({ ...evidence, plan, applied }).environments[0]).to.deep.include({ end: to, ending: "shutdown", initWithoutInvoke: true });
  });

  it("reach idle life beyond an Init that nothing followed, and no further", () => {
    const run = new TestRun({ target: "aws" });
    ready(run);
    run.wait(400_000);
    drive(run, ready(run), handlerConnect, 2);
    const evidence = run.end();
    expect([judge(evidence).exposure.total, judge(evidence, { idleLifeMs: 500_000 }).exposure.total]).to.deep.equal([0, 1]);
  });

  it("of three environments make one exposure for each pair", () => {
    const run = new TestRun();
    ready(run);
    ready(run);
    drive(run, ready(run), handlerConnect, 3);
    expect(judge(run.end()).exposure.total).to.equal(2);
  });
});
