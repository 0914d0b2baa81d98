/** Failures that are not harm: which of them have a named cause, and which stay unexplained. */
import { expect } from "chai";
import { connects, drive, exposed, handlerConnect, ready, second } from "../analyze/designs.ts";
import { causes, judge, verdictOf } from "../analyze/judge.ts";
import * as mutate from "../analyze/mutate.ts";
import { TestRun } from "../analyze/story.ts";

describe("failures that are not harm", () => {
  it("a peer that is down is a named cause, and its exposures do not count", () => {
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

  it("a peer that restarted during an invocation is a named cause", () => {
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
    [
      "names something that is no environment",
      { bootId: null, logStream: "operators-laptop", phase: null },
      "peer-held-by-stranger",
      "pass",
    ],
    ["does not say who it is", null, null, "inconclusive unexplained-failure evidence-missing"],
    [
      "names a log stream that is not in the evidence",
      { bootId: "x", logStream: "2026/11/25/[$LATEST]ffffffffffffffffffffffffffffffff", phase: "init" },
      null,
      "inconclusive unexplained-failure evidence-missing accounting",
    ],
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
      expect([verdictOf(evidence), causes(result), result.harm.total]).to.deep.equal([
        verdict,
        [cause, cause],
        0,
      ]);
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

  it("an exception of the handler is no named cause, even while another environment holds the peer", () => {
    const run = new TestRun();
    ready(run, connects);
    const environment = ready(run);
    run.invoke(environment, (call) => call.throws("TypeError"));
    second(run);
    const result = judge(run.end());
    expect([result.harm.total, causes(result), result.reasons]).to.deep.equal([
      0,
      [null],
      ["unexplained-failure", "discipline", "evidence-missing"],
    ]);
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

  for (const [kind, cause] of [
    ["timeout", "function-timeout"],
    ["crash", "crash"],
  ] as const) {
    it(`a ${kind} after the exchange is a named cause and no flaw of the connection that it ended`, () => {
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

  it("an environment that ended by FIN during an invocation is a named cause and no flaw", () => {
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
    expect([result.verdict, result.reasons, causes(result)]).to.deep.equal([
      "pass",
      [],
      ["environment-ended"],
    ]);
    expect(result.environments.find((one) => one.id === dies.id)?.ending).to.equal("vanished");
  });

  it("a throttle is explained only by one of the driver's invocations that covers it", () => {
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

  for (const [target, how, mutation, verdict] of [
    ["local", "the link saw nothing arrive", mutate.asIs, "pass"],
    ["aws", "the peer's log has no hole and saw nothing arrive", mutate.asIs, "pass"],
    [
      "aws",
      "nothing shows whether it made an attempt",
      mutate.withoutPeerLog,
      "inconclusive evidence-missing",
    ],
  ] as const) {
    it(`${target}: a process that died before its first line of an invocation, where ${how}: ${verdict}`, () => {
      const run = new TestRun({ target });
      const environment = exposed(run);
      const lines = run.records.length;
      run.invoke(environment, (call) => call.reset("crash"));
      const invokeLine = run.records.findIndex(
        (record, index) => index >= lines && record.message.includes('"event":"invoke"'),
      );
      run.records.splice(invokeLine, 1);
      second(run);
      environment.startBoot(() => {});
      drive(run, environment, handlerConnect, 3);
      expect([verdictOf(mutation(run.end())), causes(judge(mutation(run.end())))]).to.deep.equal([
        verdict,
        ["crash"],
      ]);
    });
  }

  for (const [who, lines] of [
    ["whose own line says that it was refused", true],
    ["that writes no lines", false],
  ] as const) {
    it(`a server that denied a function ${who} is named, explains nothing for a pass, and is no harm`, () => {
      const run = new TestRun({ lines });
      const holder = exposed(run);
      const environment = ready(run);
      const kept = ready(run, connects);
      run.invoke(environment, (call) => {
        environment.connect();
        call.throws("AuthenticationFailed");
      });
      second(run);
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
