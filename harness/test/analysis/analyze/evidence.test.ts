/**
 * Tests each way in which evidence can be missing, late or contradictory. Missing evidence must never improve a verdict, and the findings
 * must say what is missing.
 */
import { expect } from "chai";
import { DEFAULT_JUDGEMENT_SETTINGS } from "../../../src/record/judgement-settings.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { StreamProblem } from "../../../src/result/findings/accounting-findings.ts";
import { epochMs } from "../../../src/base/time.ts";
import {
  aheadElsewhere,
  calm,
  connects,
  drive,
  handlerConnect,
  initConnect,
  ready,
  swallowing,
  type Design,
} from "./designs.ts";
import { analyze, judge, said, verdictOf } from "./judge.ts";
import * as mutate from "./mutate.ts";
import { START_MS, type StoryOptions } from "./story-options.ts";
import { TestRun } from "./story.ts";

function ahead(design: Design, options: StoryOptions = {}): Evidence {
  const run = new TestRun(options);
  aheadElsewhere(run, design);
  return run.end();
}
const ids = (evidence: Evidence): string[] => [
  ...new Set(evidence.functions[0]?.records.map((record) => record.logStreamName) ?? []),
];
const of = (evidence: Evidence, check: string): ReturnType<typeof said> => said(judge(evidence), check);
const isPlatform =
  (type: string, stream?: string) =>
  (record: { message: string; logStreamName: string }): boolean =>
    record.message.includes(`"platform.${type}"`) &&
    (stream === undefined || record.logStreamName === stream);

describe("the judgement of a run with all or only some sources", () => {
  const rows: readonly (readonly [string, mutate.Mutation, string, string])[] = [
    ["nothing", mutate.asIs, "fail harm", "pass"],
    ["the link log", mutate.withoutLinkLog, "fail harm", "pass"],
    ["the peer log", mutate.withoutPeerLog, "fail harm", "pass"],
    ["hello in the peer log", mutate.withoutHello, "fail harm", "pass"],
    ["the journal", mutate.withoutJournal, "fail harm", "pass"],
    ["lifecycle lines", mutate.withoutLifecycleLines, "fail harm", "pass"],
    [
      "lifecycle lines and links (the peer log with hello is left)",
      mutate.chain(mutate.withoutLifecycleLines, mutate.withoutLinkLog),
      "fail harm",
      "pass",
    ],
    [
      "journal, links and peer log (the function's lines are left)",
      mutate.chain(mutate.withoutJournal, mutate.withoutLinkLog, mutate.withoutPeerLog),
      "fail harm",
      "pass",
    ],
    [
      "the peer log and links (the function's lines and the journal are left)",
      mutate.chain(mutate.withoutPeerLog, mutate.withoutLinkLog),
      "fail harm",
      "pass",
    ],
    [
      "links and all lines of the peer log",
      mutate.chain(
        mutate.peerLogWithout(() => true),
        mutate.withoutLinkLog,
      ),
      "inconclusive unexplained-failure discipline evidence-missing",
      "pass",
    ],
    [
      "hello, links and lifecycle lines",
      mutate.chain(mutate.withoutLifecycleLines, mutate.withoutLinkLog, mutate.withoutHello),
      "inconclusive unexplained-failure evidence-missing",
      "inconclusive evidence-missing",
    ],
    [
      "all sources except the platform's lines",
      mutate.chain(mutate.withoutLifecycleLines, mutate.withoutLinkLog, mutate.withoutPeerLog),
      "inconclusive unexplained-failure evidence-missing",
      "inconclusive evidence-missing",
    ],
  ];
  for (const [missing, mutation, broken, fixed] of rows) {
    it(`${missing === "nothing" ? "with all sources" : `without ${missing}`}: init-connect is "${broken}", handler-connect "${fixed}"`, () => {
      expect([
        verdictOf(mutation(ahead(initConnect))),
        verdictOf(mutation(ahead(handlerConnect))),
      ]).to.deep.equal([broken, fixed]);
    });
  }

  it("empty evidence is inconclusive with exit code 2", () => {
    const none: Evidence = { manifest: null, journal: null, plan: null, applied: null, functions: [] };
    expect(analyze(none, DEFAULT_JUDGEMENT_SETTINGS)).to.deep.include({
      verdict: "inconclusive",
      exitCode: 2,
      functions: [],
    });
    const empty = {
      ...none,
      functions: [
        { name: "f", functionArn: null, records: [], peerLog: null, linkLog: null, unreadable: [] },
      ],
    };
    expect(verdictOf(empty)).to.equal("inconclusive no-exposure evidence-missing accounting");
  });
});

/** A user's own handler writes no lifecycle lines, and the user's peer writes no peer log. So only the links and the driver are left. */
describe("the links' logs and the driver's journal, without lifecycle lines,", () => {
  const linksAlone = mutate.chain(mutate.withoutLifecycleLines, mutate.withoutPeerLog);
  const alone = (design: Design, success: string | null, options: StoryOptions = {}): string =>
    verdictOf(linksAlone(ahead(design, { success, ...options })));

  it("fail init-connect and pass handler-connect if the user defined a successful answer", () => {
    expect([alone(initConnect, "ok"), alone(handlerConnect, "ok")]).to.deep.equal(["fail harm", "pass"]);
  });

  it("fail init-connect, but pass no design, if the user did not define a successful answer", () => {
    expect([alone(initConnect, null), alone(handlerConnect, null), alone(swallowing, null)]).to.deep.equal([
      "fail harm",
      "inconclusive evidence-missing",
      "fail harm",
    ]);
  });

  it("show by a missing answer that an attempt waited in the peer's queue", () => {
    expect([
      alone(initConnect, "ok", { admission: "backlog" }),
      alone(handlerConnect, "ok", { admission: "backlog" }),
    ]).to.deep.equal(["fail harm", "pass"]);
  });

  it("name the environment that held the peer, and count no served invocation as harmed", () => {
    const result = judge(linksAlone(ahead(initConnect, { success: "ok" })));
    const harm = result.findings.find(({ kind, status }) => kind === "harm" && status === "found");
    expect({ harmed: result.harm.total, holder: harm?.holder }).to.deep.equal({
      harmed: 5,
      holder: result.environments.at(1)?.id,
    });
  });

  it("with a peer log that names no client, fail init-connect and pass handler-connect, although the user did not define a successful answer", () => {
    const stranger = (design: Design): Evidence => ahead(design, { lines: false, hello: false });
    const broken = judge(stranger(initConnect));
    expect({
      verdicts: [broken.verdict, judge(stranger(handlerConnect)).verdict],
      openedIn: broken.environments.at(1)?.connections.map(({ openedIn }) => openedIn),
    }).to.deep.equal({ verdicts: ["fail", "pass"], openedIn: ["init"] });
  });

  it("leave open whether further connections existed if connection numbers are missing", () => {
    const evidence = linksAlone(ahead(handlerConnect, { success: "ok" }));
    const without = {
      ...evidence,
      functions: evidence.functions.map((one) => ({
        ...one,
        linkLog: one.linkLog?.filter(({ connection }) => connection !== 3) ?? null,
      })),
    };
    expect(verdictOf(without)).to.equal("inconclusive evidence-missing");
  });

  it("show no harm if a handler throws after its exchange with the peer", () => {
    const run = new TestRun({ success: "ok" });
    ready(run, connects);
    const environment = ready(run);
    run.invoke(environment, (call) => {
      call.exchange();
      call.throws("TypeError");
    });
    expect(judge(linksAlone(run.end())).harm.total).to.equal(0);
  });
});

describe("incomplete log streams", () => {
  const pass = ahead(handlerConnect);
  const [, silent = "", invoked = ""] = ids(pass);

  const rows: readonly (readonly [
    string,
    mutate.Mutation,
    string,
    StreamProblem | { readonly invocations: number },
  ])[] = [
    [
      "the Init of the invoked environment is older than the window",
      mutate.withoutRecords(
        (record) => record.logStreamName === invoked && record.timestamp < START_MS + 6_000,
      ),
      "inconclusive evidence-missing accounting",
      { code: "init-missing", parameters: { since: "2026-11-25" } },
    ],
    [
      "a START is missing",
      mutate.withoutRecords(
        (record) => record.message.includes("-000000000008") && isPlatform("start")(record),
      ),
      "inconclusive evidence-missing accounting",
      { code: "starts-missing", parameters: { starts: 1 } },
    ],
    [
      "an end is missing",
      mutate.withoutRecords(
        (record) =>
          record.message.includes("-000000000008") && /runtimeDone|platform.report/.test(record.message),
      ),
      "inconclusive accounting",
      { code: "ends-missing", parameters: { starts: 1 } },
    ],
    [
      "the last invocation's end is missing",
      mutate.withoutRecords(
        (record) =>
          record.message.includes("-000000000015") && /runtimeDone|platform.report/.test(record.message),
      ),
      "inconclusive evidence-missing accounting",
      { code: "ends-missing", parameters: { starts: 1 } },
    ],
    [
      "a complete stream is missing",
      mutate.withoutStream(2),
      "inconclusive no-exposure accounting",
      { invocations: 10 },
    ],
    [
      "lifecycle lines are missing according to their numbers",
      mutate.withoutRecords(
        (record) =>
          record.message.includes('"event":"disconnect"') && record.message.includes("-000000000008"),
      ),
      "inconclusive evidence-missing accounting",
      { code: "lifecycle-lines-missing", parameters: {} },
    ],
  ];
  for (const [what, mutation, verdict, problem] of rows) {
    it(`give the verdict "${verdict}" if ${what}`, () => {
      const evidence = mutation(pass);
      expect(verdictOf(evidence)).to.equal(verdict);
      const problems = of(evidence, "streams-complete").map(({ parameters = {} }) =>
        "problem" in parameters ? parameters.problem : parameters,
      );
      expect(problems).to.deep.include(problem);
    });
  }

  it("are found by the platform's line about dropped records", () => {
    const run = new TestRun();
    aheadElsewhere(run, handlerConnect);
    run.environments[2]?.platform("logsDropped", { droppedBytes: 10, droppedRecords: 2, reason: "x" });
    expect(of(run.end(), "streams-complete")[0]?.parameters).to.deep.include({
      problem: { code: "records-dropped", parameters: {} },
    });
  });

  it("leave the accounting unknown if the logs were read before they had settled", () => {
    const evidence = {
      ...pass,
      journal:
        pass.journal?.filter((event) => event.event !== "logs-settled" && event.event !== "run-ended") ??
        null,
    };
    expect(verdictOf(evidence)).to.equal("inconclusive accounting");
  });

  it("are a finding if one request ID is in two streams", () => {
    const one = pass.functions[0];
    const start = one?.records.find((record) => isPlatform("start", invoked)(record));
    if (one === undefined || start === undefined) throw new Error("no START");
    const evidence = {
      ...pass,
      functions: [{ ...one, records: [...one.records, { ...start, logStreamName: silent, eventId: "x" }] }],
    };
    expect(of(evidence, "streams-complete").map((finding) => finding.status)).to.include("found");
  });
});

describe("the driver's journal", () => {
  const pass = ahead(handlerConnect);

  it("makes the check invocations-accounted unknown if the numbers of its events have a gap", () => {
    const evidence = { ...pass, journal: pass.journal?.filter((event) => event.sequence !== 9) ?? null };
    expect([verdictOf(evidence), of(evidence, "invocations-accounted")[0]?.status]).to.deep.equal([
      "inconclusive accounting",
      "unknown",
    ]);
  });

  it("makes an invocation without an end unknown", () => {
    const journal = pass.journal?.filter((event) => event.sequence <= 11) ?? null;
    const result = judge({ ...pass, journal });
    expect([result.verdict, result.invocations.unknown, result.invocations.planned]).to.deep.equal([
      "inconclusive",
      1,
      4,
    ]);
  });

  it("has as many planned invocations as the sum of all outcomes", () => {
    const run = new TestRun();
    calm(run, handlerConnect, 3);
    run.throttled();
    run.note({ event: "invocation-skipped", function: "f", n: 4, dueAt: "2026-11-25T10:00:09.000Z" });
    expect(judge(run.end()).invocations).to.deep.equal({
      planned: 5,
      succeeded: 3,
      functionErrors: 0,
      throttled: 1,
      invocationErrors: 0,
      unknown: 0,
      unknownReasons: {},
      skipped: 1,
    });
  });
});

describe("an Init phase", () => {
  it("whose end the log format does not show: it counts as ended if 10 s of later evidence follow", () => {
    const run = new TestRun({ format: "text", target: "aws" });
    const silent = run.environment();
    silent.init();
    run.wait(11_000);
    const invoked = run.environment();
    invoked.init();
    drive(run, invoked, handlerConnect, 2);
    const evidence = run.end();
    expect(verdictOf(evidence)).to.equal("pass");
    expect(judge(evidence).environments.at(0)).to.deep.include({
      initStatus: "success",
      initWithoutInvoke: true,
    });
    for (const check of ["environments-overlap", "init-without-invoke"])
      expect(of(evidence, check)[0]?.parameters).to.deep.include({ initEndInferred: true });
  });

  it("whose end the log format does not show: its end is unknown if fewer than 10 s of later evidence follow", () => {
    const run = new TestRun({ format: "text", target: "aws" });
    const silent = run.environment();
    silent.init();
    const result = judge(run.end());
    expect(result.environments.at(0)).to.deep.include({
      initStatus: null,
      initEnd: null,
      initWithoutInvoke: null,
    });
  });

  it("without an end in the log does not count as ended if the log shows the ends of other Inits", () => {
    const evidence = ahead(handlerConnect);
    const [, silent = ""] = ids(evidence);
    const cut = mutate.withoutRecords(isPlatform("initReport", silent))(evidence);
    expect([
      judge(cut).exposure.total,
      judge(cut).environments.at(1)?.initWithoutInvoke,
      verdictOf(cut),
    ]).to.deep.equal([0, null, "inconclusive no-exposure evidence-missing"]);
  });

  it("that failed is never an INIT WITHOUT INVOKE", () => {
    const run = new TestRun();
    run.environment().init(() => {}, { status: "error" });
    run.wait(5_000);
    calm(run, handlerConnect, 2);
    expect(judge(run.end()).environments.at(0)).to.deep.include({
      initStatus: "error",
      initWithoutInvoke: false,
    });
  });
});

describe("log events that may still arrive", () => {
  it("make initWithoutInvoke null if the Init ended less than --settle before the end of the evidence", () => {
    const run = new TestRun({ target: "logs" });
    run.environment().init();
    run.wait(1_000);
    calm(run, handlerConnect, 2);
    const evidence = run.end();
    const at = (settleMs: number): (boolean | null | undefined)[] =>
      judge(evidence, { settleMs }).environments.map((one) => one.initWithoutInvoke);
    expect([at(600_000), at(1_000)]).to.deep.equal([
      [null, false],
      [true, false],
    ]);
  });

  it("are not expected any more if the evidence ended long after the Init (setting `until`)", () => {
    const run = new TestRun({ target: "logs" });
    run.environment().init();
    const evidence = run.evidence();
    expect(
      judge(evidence, { until: epochMs(run.now + 700_000) }).environments.at(0)?.initWithoutInvoke,
    ).to.equal(true);
  });
});

describe("clocks of different sources", () => {
  it("that differ by more than the tolerance are a finding, but the peer log's order still shows the holder", () => {
    const evidence = ahead(initConnect, { target: "aws", peerClockMs: 5_000 });
    expect([verdictOf(evidence), of(evidence, "clocks-agree")[0]?.status]).to.deep.equal([
      "fail harm",
      "found",
    ]);
  });

  it("that differ still allow a pass that does not depend on the order of events", () => {
    const evidence = ahead(handlerConnect, { target: "aws", peerClockMs: 5_000 });
    expect([verdictOf(evidence), of(evidence, "clocks-agree")[0]?.status]).to.deep.equal(["pass", "found"]);
  });

  function queued(peerClockMs: number): Evidence {
    const run = new TestRun({ target: "aws", peerClockMs, admission: "backlog" });
    aheadElsewhere(run, initConnect, { before: 2, during: 2, after: 2 });
    return run.end();
  }

  it("do not matter for an attempt that waited in the queue, if the peer's log shows when the attempt ended", () => {
    expect([verdictOf(queued(0)), verdictOf(queued(-60_000))]).to.deep.equal(["fail harm", "fail harm"]);
  });

  it("that differ make an invocation unknown if the peer's log does not show when its attempt ended", () => {
    const unlogged = mutate.peerLogWithout((line) => line.event === "closed");
    const unjoined = (evidence: Evidence): Evidence => mutate.withoutSequences(unlogged(evidence));
    expect(judge(unjoined(queued(0))).verdict).to.equal("fail");
    expect(verdictOf(unjoined(queued(-60_000)))).to.equal(
      "inconclusive unexplained-failure discipline evidence-missing",
    );
  });
});

describe("reserved concurrency", () => {
  function overlapping(options: StoryOptions): Evidence {
    const run = new TestRun(options);
    const [one, two] = [run.environment().init(), run.environment().init()];
    run.invoke(one, () => {
      run.wait(3_000);
      run.invoke(two, () => void run.wait(10));
      run.wait(3_000);
    });
    return run.end();
  }

  it("that was exceeded on AWS is a finding, but the verdict is not fail", () => {
    const evidence = overlapping({ target: "aws" });
    expect([judge(evidence).verdict, of(evidence, "reserved-concurrency-kept")[0]?.status]).to.deep.equal([
      "inconclusive",
      "found",
    ]);
  });

  it("that was exceeded on the local engine is a bug of longrun: exit code 70", () => {
    expect(analyze(overlapping({ target: "local" }), DEFAULT_JUDGEMENT_SETTINGS).exitCode).to.equal(70);
  });

  for (const [how, setBack, inFinding] of [
    ["and the run noted the change", { event: "clock-changed", byMs: -60_000 }, false],
    ["but the run was killed before it noted the change", { event: "run-started", resumed: true }, true],
  ] as const) {
    it(`is not called exceeded if the clock was set back during the run ${how}`, () => {
      const evidence = overlapping({ target: "local" });
      const last = evidence.journal?.at(-1);
      if (last === undefined) throw new Error("the story has no journal");
      const sequence = last.sequence + 1;
      const time = new Date(Date.parse(last.time) - 60_000).toISOString();
      const journal = [...(evidence.journal ?? []), { ...last, sequence, time, ...setBack }];
      const judged = { ...evidence, journal };
      const findings = JSON.stringify(of(judged, "invocations-accounted"));
      expect([
        analyze(judged, DEFAULT_JUDGEMENT_SETTINGS).exitCode,
        findings.includes('"run-clock-set-back-unnoticed","parameters":{"byMs":60000}'),
      ]).to.deep.equal([2, inFinding]);
    });
  }

  it("is not known to have been kept if invocations overlap and no source has its value", () => {
    const evidence = overlapping({ target: "logs" });
    expect(of(evidence, "reserved-concurrency-kept")[0]?.status).to.equal("unknown");
    expect(
      judge(evidence, { reservedConcurrency: 2 }).findings.find(
        (finding) => finding.check === "reserved-concurrency-kept",
      )?.status,
    ).to.equal("clear");
  });
});

describe("lines that cannot be read", () => {
  const pass = ahead(handlerConnect);
  const unreadable = (source: string): Evidence => ({
    ...pass,
    functions: pass.functions.map((one) => ({ ...one, unreadable: [{ source, lines: 1, example: "{" }] })),
  });

  for (const [source, verdict] of [
    ["logs/f.jsonl", "pass"],
    ["journal.jsonl", "pass"],
    ["logs/peer-f.jsonl", "inconclusive accounting"],
    ["logs/link-f.jsonl", "inconclusive accounting"],
  ] as const) {
    it(`in ${source}: the verdict is ${verdict}`, () => {
      expect(verdictOf(unreadable(source))).to.equal(verdict);
    });
  }

  it("are counted in the result", () => {
    expect(analyze(unreadable("logs/f.jsonl"), DEFAULT_JUDGEMENT_SETTINGS).unreadable).to.deep.equal([
      { source: "logs/f.jsonl", lines: 1, example: "{" },
    ]);
  });

  it("are counted by log stream if they are platform lines in a wrong format", () => {
    const run = new TestRun();
    drive(run, ready(run), handlerConnect, 2);
    const evidence = run.end();
    const stream = run.environments[0]?.id ?? "";
    const broken = {
      logStreamName: stream,
      timestamp: run.now,
      message: "REPORT RequestId: ? Duratn: 3\n",
      ingestionTime: null,
      eventId: "1",
    };
    const result = analyze(
      {
        ...evidence,
        functions: evidence.functions.map((one) => ({ ...one, records: [...(one.records ?? []), broken] })),
      } as Evidence,
      DEFAULT_JUDGEMENT_SETTINGS,
    );
    expect(result.unreadable).to.deep.equal([
      { source: stream, lines: 1, example: "REPORT RequestId: ? Duratn: 3" },
    ]);
  });
});
