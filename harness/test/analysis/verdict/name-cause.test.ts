/** Which failures that are not harm get a named cause, and which stay unexplained. */
import { expect } from "chai";
import { connects, drive, exposed, handlerConnect, ready, waitOneSecond } from "../analyze/designs.ts";
import { causes, judge, verdictOf } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { TestRun } from "../analyze/story.ts";

describe("failures that are not harm", () => {
  it("have a named cause if the peer is down, and exposures in that time do not count", () => {
    const run = new TestRun();
    ready(run);
    const environment = ready(run);
    run.peerDies();
    drive(run, environment, handlerConnect, 3);
    const result = judge(run.end());
    expect([result.verdict, result.reasons, result.exposure.total, causes(result)]).to.deep.equal([
      "inconclusive",
      ["no-exposure"],
      0,
      ["peer-down", "peer-down", "peer-down"],
    ]);
  });

  it("do not prevent a pass if the peer was down and came back", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.peerDies();
    drive(run, environment, handlerConnect, 2);
    run.peerReady();
    drive(run, environment, handlerConnect, 2);
    const result = judge(run.end());
    expect([result.verdict, causes(result)]).to.deep.equal(["pass", ["peer-down", "peer-down"]]);
  });

  it("have a named cause if the peer restarted during the invocation", () => {
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
    waitOneSecond(run);
    drive(run, environment, handlerConnect, 1);
    const result = judge(run.end());
    expect([result.verdict, causes(result)]).to.deep.equal(["pass", ["peer-down"]]);
  });

  for (const [who, hello, cause, verdict] of [
    [
      "names something that is not an environment",
      { bootId: null, logStream: "operators-laptop", phase: null },
      "peer-held-by-stranger",
      "pass",
    ],
    ["sends no name", null, null, "inconclusive unexplained-failure evidence-missing"],
    [
      "names a log stream that is not in the evidence",
      { bootId: "x", logStream: "2026/11/25/[$LATEST]ffffffffffffffffffffffffffffffff", phase: "init" },
      null,
      "inconclusive unexplained-failure evidence-missing accounting",
    ],
  ] as const) {
    it(`have ${cause === null ? "no named cause" : `the cause ${cause}`} if the holder ${who}`, () => {
      const run = new TestRun({ target: "aws" });
      const environment = exposed(run);
      const stranger = run.arrive(hello, null);
      drive(run, environment, handlerConnect, 2);
      run.leave(stranger);
      drive(run, environment, handlerConnect, 2);
      const evidence = run.end();
      const result = judge(evidence);
      expect([verdictOf(evidence), causes(result), result.harm.total]).to.deep.equal([
        verdict,
        [cause, cause],
        0,
      ]);
    });
  }

  it("have a stranger as the cause if the holder is an environment of another function of the run", () => {
    const other = new TestRun({ name: "g", target: "aws" });
    const run = new TestRun({ target: "aws" });
    const foreign = { ...other.environment(), id: "2026/11/25/[$LATEST]eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee" };
    const environment = exposed(run);
    const stranger = run.arrive({ bootId: "g-1", logStream: foreign.id, phase: "init" }, null);
    drive(run, environment, handlerConnect, 1);
    run.leave(stranger);
    drive(run, environment, handlerConnect, 1);
    const evidence = run.end();
    const records = [
      {
        logGroup: "/aws/lambda/g",
        logStreamName: foreign.id,
        timestamp: 1,
        message: "x",
        ingestionTime: null,
        eventId: "1",
      },
    ];
    const both = {
      ...evidence,
      functions: [
        ...evidence.functions,
        { name: "g", functionArn: null, records, peerLog: null, linkLog: null, unreadable: [] },
      ],
    };
    expect(causes(judge(both))).to.deep.equal(["peer-held-by-stranger"]);
  });

  it("have no named cause if the handler throws, even while the peer is held", () => {
    const run = new TestRun();
    ready(run, connects);
    const environment = ready(run);
    run.invoke(environment, (call) => call.throws("TypeError"));
    waitOneSecond(run);
    const result = judge(run.end());
    expect([result.harm.total, causes(result), result.reasons]).to.deep.equal([
      0,
      [null],
      ["unexplained-failure", "discipline", "evidence-missing"],
    ]);
  });

  it("are unexplained if the handler throws after a served exchange", () => {
    const run = new TestRun();
    const environment = exposed(run);
    run.invoke(environment, (call) => {
      handlerConnect.invoke(call);
      call.throws("TypeError");
    });
    waitOneSecond(run);
    drive(run, environment, handlerConnect, 1);
    expect(verdictOf(run.end())).to.equal("inconclusive unexplained-failure");
  });

  it("do not include an invocation whose environment was refused in its Init: it is harmed, although it makes no attempt itself", () => {
    const run = new TestRun();
    ready(run, connects);
    const environment = ready(run, connects);
    run.invoke(environment, (call) => call.throws("NoConnectionError"));
    expect(verdictOf(run.end())).to.equal("fail harm");
  });

  for (const [kind, cause] of [
    ["timeout", "function-timeout"],
    ["crash", "crash"],
  ] as const) {
    it(`have a named cause if a ${kind} comes after the exchange`, () => {
      const run = new TestRun();
      const environment = exposed(run);
      run.invoke(environment, (call) => {
        environment.connect();
        call.exchange();
        call.reset(kind);
      });
      waitOneSecond(run);
      environment.startBoot(() => {});
      drive(run, environment, handlerConnect, 2);
      const result = judge(run.end());
      expect([
        result.verdict,
        causes(result),
        result.exposure.reset,
        result.exposure.reinitialised,
      ]).to.deep.equal(["pass", [cause], 1, 1]);
      const boots = result.environments.find((one) => one.id === environment.id)?.boots ?? [];
      expect(boots.map((boot) => boot.reset)).to.deep.equal([kind, null]);
    });
  }

  it("have a named cause if the environment ended by FIN during the invocation", () => {
    const run = new TestRun();
    ready(run);
    const dies = ready(run);
    drive(run, dies, handlerConnect, 1);
    run.invoke(dies, (call) => {
      dies.connect();
      call.environmentEnds("fin");
    });
    waitOneSecond(run);
    const next = ready(run);
    drive(run, next, handlerConnect, 2);
    const result = judge(run.end());
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal([
      "pass",
      [],
      ["environment-ended"],
    ]);
    expect(result.environments.find((one) => one.id === dies.id)?.ending).to.equal("vanished");
  });

  it("include a throttle, which is explained only if another invocation of the driver was running at its time", () => {
    const run = new TestRun({ target: "aws" });
    const environment = exposed(run);
    run.wait(5_000);
    run.throttled();
    run.wait(5_000);
    drive(run, environment, handlerConnect, 1);
    expect([verdictOf(run.end()), causes(judge(run.end()))]).to.deep.equal([
      "inconclusive unexplained-failure",
      [null],
    ]);
    const covered = new TestRun({ target: "aws" });
    const busy = exposed(covered);
    covered.invoke(busy, (call) => {
      handlerConnect.invoke(call);
      covered.throttled();
    });
    expect(causes(judge(covered.end()))).to.deep.equal(["throttle-explained"]);
  });

  for (const [reason, cause] of [
    [null, "throttle-explained"],
    ["ConcurrentInvocationLimitExceeded", null],
    ["CallerRateLimitExceeded", null],
  ] as const)
    it(`include a throttle, which is ${cause === null ? "not " : ""}explained by another invocation if Lambda ${reason === null ? "names no limit" : `says ${reason}`}`, () => {
      const run = new TestRun({ target: "aws" });
      const environment = exposed(run);
      run.invoke(environment, (call) => {
        run.throttled(reason);
        handlerConnect.invoke(call);
      });
      waitOneSecond(run);
      drive(run, environment, handlerConnect, 1);
      expect(causes(judge(run.end()))).to.deep.equal([cause]);
    });

  for (const [target, how, mutation, verdict] of [
    ["local", "the link saw no connection", mutate.asIs, "pass"],
    ["aws", "the peer's complete log has no connection", mutate.asIs, "pass"],
    [
      "aws",
      "nothing shows whether it made an attempt",
      mutate.withoutPeerLog,
      "inconclusive evidence-missing",
    ],
  ] as const) {
    it(`lead to the verdict ${verdict} on ${target} if a process died before its first line, and ${how}`, () => {
      const run = new TestRun({ target });
      const environment = exposed(run);
      const lines = run.records.length;
      run.invoke(environment, (call) => call.reset("crash"));
      const invokeLine = run.records.findIndex(
        (record, index) => index >= lines && record.message.includes('"event":"invoke"'),
      );
      run.records.splice(invokeLine, 1);
      waitOneSecond(run);
      environment.startBoot(() => {});
      drive(run, environment, handlerConnect, 3);
      expect([verdictOf(mutation(run.end())), causes(judge(mutation(run.end())))]).to.deep.equal([
        verdict,
        ["crash"],
      ]);
    });
  }

  for (const [who, lines] of [
    ["whose own line says that the server refused it", true],
    ["that writes no lines", false],
  ] as const) {
    it(`have the server as the cause if the server denied a function ${who}`, () => {
      const run = new TestRun({ lines });
      const holder = exposed(run);
      const environment = ready(run);
      const kept = ready(run, connects);
      run.invoke(environment, (call) => {
        environment.connect();
        call.throws("AuthenticationFailed");
      });
      waitOneSecond(run);
      kept.retire("fin");
      drive(run, holder, handlerConnect, 2);
      const evidence = run.end();
      const denied = environment.id;
      const withProtocol = {
        ...evidence,
        functions: evidence.functions.map((one) => ({
          ...one,
          peerLog: null,
          linkLog: (one.linkLog ?? []).map((record) =>
            record.environment === denied && record.event === "closed"
              ? { ...record, protocol: "postgres", outcome: "denied" as const, code: "28P01" }
              : record,
          ),
        })),
      };
      const result = judge(withProtocol);
      const connections = [...result.environments].find(({ id }) => id === denied)?.connections ?? [];
      expect({
        causes: causes(result),
        harm: result.harm.total,
        unexplained: result.reasons.includes("unexplained-failure"),
        outcomes: connections.map(({ outcome }) => outcome),
      }).to.deep.equal({ causes: ["peer-error"], harm: 0, unexplained: true, outcomes: ["denied"] });
    });
  }
});
