import { expect } from "chai";
import {
  asJournalEvent,
  asLinkRecord,
  asPlatformRecord,
} from "../../../src/adapters/run-directory/run-records.ts";
import type { PlatformRecord } from "../../../src/record/ended-environment.ts";
import type { InvocationOutcome } from "../../../src/record/invocation.ts";
import type { JournalEvent, JournalEventBody } from "../../../src/record/journal.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";

const TIME = "2026-11-25T01:02:03.456Z";

const OF_EACH_EVENT = ["sequence", "time", "monotonicMs"];

const event = (body: JournalEventBody): JournalEvent => ({
  ...body,
  sequence: 1,
  time: TIME,
  monotonicMs: 1,
});
const ended = (outcome: InvocationOutcome): JournalEvent =>
  event({
    event: "invocation-ended",
    function: "one",
    n: 1,
    requestId: "r",
    executedVersion: "$LATEST",
    durationMs: 2,
    latencyMs: 3,
    ...outcome,
  });
const READY: JournalEventBody = {
  event: "function-ready",
  function: "one",
  functionArn: "arn",
  logGroup: "/aws/lambda/one",
  reservedConcurrency: 1,
  runtime: "nodejs22.x",
  timeoutMs: 10_000,
  lastModified: TIME,
  codeSha256: null,
  logFormat: "Text",
  systemLogLevel: null,
};
const PROBLEM = { code: "run-clock-set-back", parameters: { byMs: 5_000 } } as const;
const NOTICE = {
  code: "server-log-shows-nothing",
  parameters: { source: "r.log", server: "redis" },
} as const;
const SENT: JournalEventBody = { event: "invocation-sent", function: "one", n: 1, dueAt: TIME, lateMs: 0 };
const LINK: LinkLogRecord = {
  time: TIME,
  event: "closed",
  functionName: "one",
  environment: "s",
  boot: 1,
  connection: 1,
  upstreamLocal: "127.0.0.1:1",
  by: "peer",
  ending: "rst",
  answered: true,
  error: null,
};
const APPLIED: PlatformRecord = {
  functionName: "one",
  entry: 0,
  result: "applied",
  from: TIME,
  to: TIME,
  environments: ["s"],
  detail: null,
};
const ENDED: PlatformRecord = {
  result: "ended",
  functionName: "one",
  environment: "s",
  time: TIME,
  ending: "fin",
};

const without = (value: object, member: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
/** Finds the members that a line needs: if one is missing or is an object instead, the line is refused. */
const needed = (value: object, as: (value: Record<string, unknown>) => unknown): readonly string[] =>
  Object.keys(value).filter(
    (name) => as(without(value, name)) === null && as({ ...value, [name]: { other: 1 } }) === null,
  );

describe("a line of the journal", () => {
  const events: readonly (readonly [JournalEvent, readonly string[]])[] = [
    [event({ event: "run-started", resumed: false }), []],
    [
      event(READY),
      ["function", "functionArn", "logGroup", "reservedConcurrency", "runtime", "timeoutMs", "codeSha256"],
    ],
    [
      event({ event: "peer-ready", function: "one", host: "h", port: 1, admission: null }),
      ["function", "host", "port", "admission"],
    ],
    [event({ event: "drive-started" }), []],
    [event(SENT), ["function", "n", "dueAt"]],
    [event({ event: "invocation-skipped", function: "one", n: 1, dueAt: TIME }), ["function", "n", "dueAt"]],
    ...(["versions", "a-later-lever"] as const).flatMap((lever): [JournalEvent, string[]][] => [
      [
        event({
          event: "change-begun",
          function: "one",
          change: "describe",
          lever,
          from: "",
          to: "longrun",
        } as never),
        ["function", "change", "lever", "from", "to"],
      ],
      [
        event({
          event: "change-begun",
          function: "one",
          change: "reserve",
          lever,
          from: null,
          to: 2,
        } as never),
        ["function", "change", "lever", "from", "to"],
      ],
      [
        event({ event: "version-published", function: "one", lever, version: "4" } as never),
        ["function", "lever", "version"],
      ],
    ]),
    [
      event({ event: "change-undone", function: "one", change: "publish", what: "version 4", left: null }),
      ["function", "change", "what", "left"],
    ],
    [event({ event: "stop-requested", reason: "harm" }), ["reason"]],
    [event({ event: "drive-ended" }), []],
    [event({ event: "logs-read", function: "one", through: TIME, records: 1 }), ["function", "through"]],
    [
      event({ event: "logs-settled", function: "one", settled: false, missingRequestIds: ["r"] }),
      ["function", "settled", "missingRequestIds"],
    ],
    [event({ event: "clock-changed", byMs: -5 }), ["byMs"]],
    [event({ event: "evidence-problem", function: null, ...PROBLEM }), ["function", "code"]],
    [event({ event: "evidence-notice", function: null, ...NOTICE }), ["function", "code"]],
    [event({ event: "run-ended" }), []],
  ];
  for (const [line, own] of events)
    it(`about ${line.event} is accepted unchanged, and needs ${own.length === 0 ? "no member of its own" : own.join(", ")}`, () => {
      expect(asJournalEvent({ ...line })).to.deep.equal(line);
      expect(needed(line, asJournalEvent).filter((name) => !OF_EACH_EVENT.includes(name))).to.deep.equal([
        "event",
        ...own,
      ]);
    });

  const INVOCATION = ["event", "function", "n", "requestId", "executedVersion", "latencyMs", "outcome"];
  for (const [outcome, own] of [
    [{ outcome: "succeeded" }, []],
    [{ outcome: "function-error", errorType: "E", errorMessage: null }, ["errorType", "errorMessage"]],
    [{ outcome: "throttled", reason: null }, ["reason"]],
    [
      { outcome: "invocation-error", errorType: null, errorMessage: "m", status: 500 },
      ["errorType", "errorMessage", "status"],
    ],
    [{ outcome: "unknown", errorMessage: null }, ["errorMessage"]],
  ] satisfies readonly (readonly [InvocationOutcome, readonly string[]])[])
    it(`about invocation-ended with the outcome ${outcome.outcome} needs the members of its outcome`, () => {
      const line = ended(outcome);
      expect(asJournalEvent({ ...line })).to.deep.equal(line);
      expect(needed(line, asJournalEvent).filter((name) => !OF_EACH_EVENT.includes(name))).to.deep.equal([
        ...INVOCATION,
        ...own,
      ]);
    });

  it("about invocation-ended is refused if it names an outcome that does not exist", () => {
    expect(asJournalEvent({ ...ended({ outcome: "succeeded" }), outcome: "perhaps" })).to.equal(null);
  });

  it("about an event that only a later version of longrun knows is accepted, because otherwise a sequence number would be missing", () => {
    const later = { event: "peer-log-read", sequence: 4, time: TIME, monotonicMs: 1, function: "one" };
    expect(asJournalEvent(later)).to.deep.equal(later);
  });
});

describe("a line of the journal about evidence", () => {
  const read = (kind: "problem" | "notice", members: object): JournalEvent | null =>
    asJournalEvent({
      ...event({ event: "drive-started" }),
      event: `evidence-${kind}`,
      function: "one",
      ...members,
    });

  it("that has a sentence in place of a code was written by an older version, and gets the code `told`", () => {
    for (const kind of ["problem", "notice"] as const)
      expect(read(kind, { text: "It is odd." })).to.deep.equal({
        event: `evidence-${kind}`,
        sequence: 1,
        time: TIME,
        monotonicMs: 1,
        function: "one",
        code: "told",
        parameters: { text: "It is odd." },
      });
  });

  it("whose code only a later version knows is accepted, because otherwise a sequence number would be missing", () => {
    const later = { code: "later", parameters: { more: 1 } };
    expect(read("problem", later)).to.deep.include({
      code: "problem-not-known",
      parameters: { problem: "later" },
    });
    expect(read("notice", later)).to.deep.include({
      code: "notice-not-known",
      parameters: { notice: "later" },
    });
    expect(read("notice", PROBLEM)).to.deep.include({ code: "notice-not-known" });
  });

  it("with a known code and unknown parameters, is read like an unknown code, because a newer version can have more values", () => {
    expect(read("problem", PROBLEM)).to.deep.include(PROBLEM);
    for (const parameters of [{}, { byMs: "5s" }])
      expect(read("problem", { ...PROBLEM, parameters })).to.deep.include({
        code: "problem-not-known",
        parameters: { problem: PROBLEM.code },
      });
    expect(read("notice", { ...NOTICE, parameters: { source: "r.log", server: "oracle" } })).to.deep.include({
      code: "notice-not-known",
      parameters: { notice: NOTICE.code },
    });
  });

  it("is refused if it has neither a sentence nor a code, or a known code without parameters", () => {
    for (const remark of [{}, { ...PROBLEM, code: 5 }, { text: 5 }, { ...PROBLEM, parameters: "5s" }])
      expect(read("problem", remark)).to.equal(null);
  });
});

describe("a line of the link log", () => {
  it("is accepted unchanged, and needs every member", () => {
    expect(asLinkRecord({ ...LINK })).to.deep.equal(LINK);
    expect(needed(LINK, asLinkRecord)).to.deep.equal(Object.keys(LINK));
  });

  it("is refused if a member about the connection's bytes has the wrong type", () => {
    const read = {
      peer: "db",
      answer: { bytes: 5, digest: "a1" },
      protocol: "postgres",
      outcome: "refused",
      code: "53300",
      text: null,
      clientName: "fn",
      session: "7",
      limit: "user",
      user: "app",
      database: "orders",
      countsPlaces: false,
      end: "evicted",
      goodbye: true,
      goodbyeAt: TIME,
      contradiction: "GET /",
    };
    expect(asLinkRecord({ ...LINK, ...read })).to.deep.equal({ ...LINK, ...read });
    const taken = Object.keys(read).filter((name) => asLinkRecord({ ...LINK, ...read, [name]: 5 }) !== null);
    expect(taken).to.deep.equal([]);
  });

  it("about an unknown event is refused", () => {
    expect(asLinkRecord({ ...LINK, event: "toString" })).to.equal(null);
  });
});

describe("a line about an action of the platform", () => {
  it("is accepted unchanged", () => {
    expect([asPlatformRecord({ ...APPLIED }), asPlatformRecord({ ...ENDED })]).to.deep.equal([
      APPLIED,
      ENDED,
    ]);
  });

  it("needs every member except `detail`", () => {
    expect([needed(APPLIED, asPlatformRecord), needed(ENDED, asPlatformRecord)]).to.deep.equal([
      Object.keys(APPLIED).filter((name) => name !== "detail"),
      Object.keys(ENDED),
    ]);
  });
});
