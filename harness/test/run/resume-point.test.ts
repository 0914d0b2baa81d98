import { expect } from "chai";
import type { Evidence } from "../../src/record/evidence.ts";
import type { JournalEvent, JournalEventBody } from "../../src/record/journal.ts";
import type { Plan } from "../../src/record/plan-file.ts";
import { planFrom } from "../../src/run/plan-from.ts";
import { resumeReading, type ResumePoint } from "../../src/run/resume-point.ts";
import { durationMs } from "../../src/base/time.ts";
import { manifestOf } from "../support/manifest-fixture.ts";
import { soakUnderTest, eventTexts } from "./soak-under-test.ts";

const dueAt = (n: number): string => `2026-11-25T01:02:0${n}.000Z`;
const sent = (name: string, n: number): JournalEventBody => ({
  event: "invocation-sent",
  function: name,
  n,
  dueAt: dueAt(n),
  lateMs: 0,
});
const ended = (name: string, n: number): JournalEventBody => ({
  event: "invocation-ended",
  function: name,
  n,
  requestId: `${name}-${n}`,
  executedVersion: null,
  durationMs: 1,
  latencyMs: 1,
  outcome: "succeeded",
});

function evidenceOf(bodies: readonly JournalEventBody[], times: readonly string[] = []): Evidence {
  const journal = bodies.map((body, index): JournalEvent => ({
    sequence: index + 1,
    time: times[index] ?? dueAt(0),
    monotonicMs: index,
    ...body,
  }));
  const one = { functionArn: null, records: [], peerLog: null, linkLog: null, unreadable: [] };
  return {
    manifest: manifestOf(),
    journal,
    plan: null,
    applied: null,
    functions: [
      { name: "one", ...one },
      { name: "two", ...one },
    ],
  };
}

function resumePoint({ manifest, journal, functions }: Evidence, inFlight = 1): ResumePoint {
  const labels = functions.map(({ name }) => name);
  const reading = resumeReading(labels, { overlapMs: manifest?.profile.settleMs ?? 0, inFlight });
  for (const event of journal ?? []) reading.journal(event);
  for (const { name, records, peerLog } of functions) {
    for (const record of records) reading.record(name, record);
    for (const record of peerLog ?? []) reading.peer(name, record);
  }
  return reading.point([]);
}

/** The run was killed during the third invocation of `one` and the second invocation of `two`. */
const KILLED = evidenceOf([
  { event: "run-started", resumed: false },
  { event: "drive-started" },
  sent("one", 1),
  ended("one", 1),
  sent("two", 1),
  ended("two", 1),
  sent("one", 2),
  ended("one", 2),
  sent("two", 2),
  sent("one", 3),
]);

const PLAN: Plan = {
  schemaVersion: 1,
  profile: "mine",
  seed: 1,
  durationMs: 5_000,
  intervalMs: 1_000,
  placement: "most-recent",
  entries: [1_500, 3_000, 3_001, 4_500].map((offsetMs) => ({ action: "initialise-ahead", offsetMs })),
};

describe("resumeReading", () => {
  it("continues after the last due time that any function reached", () => {
    const { lastSequence, counts, lastInstant, functions } = resumePoint(KILLED);
    expect([counts.planned, counts.succeeded]).to.deep.equal([3, 3]);
    expect({
      lastSequence,
      lastInstant,
      missed: [functions.get("one")?.missed, functions.get("two")?.missed],
    }).to.deep.equal({
      lastSequence: 10,
      lastInstant: 3,
      missed: [[], [{ n: 3, dueAt: dueAt(3) }]],
    });
  });

  it("counts an invocation of the last due time as missed if it was not sent", () => {
    const { lastInstant, functions } = resumePoint(KILLED, 2);
    expect([lastInstant, functions.get("one")?.missed, functions.get("two")?.missed]).to.deep.equal([
      2,
      [{ n: 4, dueAt: dueAt(3) }],
      [
        { n: 3, dueAt: dueAt(3) },
        { n: 4, dueAt: dueAt(3) },
      ],
    ]);
  });

  it("keeps only the log records that a later reading may return again, and the requests without a REPORT", () => {
    const at = Date.parse("2026-11-25T01:02:00.000Z");
    const report = (n: number) => ({
      logGroup: "/aws/lambda/one",
      logStreamName: "s",
      timestamp: at + n * 1_000,
      message: JSON.stringify({
        type: "platform.report",
        record: { requestId: `one-${n}`, status: "success", metrics: { durationMs: 3, memorySizeMB: 128 } },
      }),
      ingestionTime: null,
      eventId: String(n),
    });
    const through = new Date(at + 5_000).toISOString();
    const evidence = evidenceOf(
      [
        ...[1, 2, 3, 4].map((n) => ended("one", n)),
        { event: "logs-read", function: "one", through, records: 3 },
      ],
      [1, 2, 3, 4, 5].map(dueAt),
    );
    const [one, two] = evidence.functions;
    const records = [report(1), report(2), report(4)];
    const point = resumePoint({
      ...evidence,
      functions: [one, two].flatMap((each) => (each === undefined ? [] : [{ ...each, records }])),
    }).functions.get("one");
    // A run reads the last 2 s (its settle time) of a log again. So of these records only report(4) can be returned again.
    expect([point?.recordsRead, point?.records, point?.requestIds]).to.deep.equal([
      3,
      [report(4)],
      ["one-3"],
    ]);
  });

  it("reads a log again from the time to which the clock was set back", () => {
    const point = resumePoint(
      evidenceOf(
        [
          { event: "run-started", resumed: false },
          { event: "logs-read", function: "one", through: dueAt(7), records: 3 },
          sent("two", 1),
          sent("two", 2),
        ],
        [dueAt(5), dueAt(7), dueAt(2), dueAt(3)],
      ),
    );
    expect([point.earliest, point.functions.get("one")?.logsThrough]).to.deep.equal([
      Date.parse(dueAt(2)),
      Date.parse(dueAt(2)),
    ]);
  });

  it("keeps only the lines of a peer's log that were read from a log group", () => {
    const reading = resumeReading(["one"], { overlapMs: 2_000, inFlight: 1 });
    const accepted = { time: dueAt(1), event: "accepted", connection: 1, remote: null, hello: null } as const;
    reading.peer("one", accepted);
    reading.peer("one", { ...accepted, eventId: "e" });
    expect(reading.point([]).functions.get("one")?.peerRecords).to.deep.equal([
      { ...accepted, eventId: "e" },
    ]);
  });

  it("begins at the start for a run that was killed before its first invocation", () => {
    const { lastInstant, lastSequence } = resumePoint(evidenceOf([{ event: "run-started", resumed: false }]));
    expect({ lastInstant, lastSequence }).to.deep.equal({ lastInstant: 0, lastSequence: 1 });
  });
});

describe("planFrom", () => {
  it("returns the complete plan for a new run", () => {
    expect(planFrom(PLAN, 0)).to.deep.equal({
      plan: PLAN,
      skipped: 0,
    });
  });

  it("returns the remaining entries for a resumed run, and how many entries come before them", () => {
    const rest = planFrom(PLAN, 3_000);
    expect(rest).to.deep.equal({
      plan: { ...PLAN, entries: PLAN.entries.slice(2) },
      skipped: 2,
    });
  });
});

describe("runSoak, resumed", () => {
  it("is refused if a function has other code, and does not record this code, so that the next attempt is refused too", async () => {
    const point = resumePoint(KILLED);
    const functions = new Map(
      [...point.functions].map(([label, one]) => [label, { ...one, codeSha256: "another" }] as const),
    );
    const { journal, error } = await soakUnderTest({
      labels: ["one"],
      input: { resume: { ...point, functions } },
    });
    expect(String(error)).to.include("--resume: the code of one is not the code with which this run began.");
    expect(eventTexts(journal)).to.deep.equal(["run-started"]);
  });

  it("continues with the next due time, and records the missed due times", async () => {
    const { journal, end } = await soakUnderTest({
      labels: ["one", "two"],
      input: { resume: resumePoint(KILLED), duration: durationMs(5_000) },
    });
    expect(eventTexts(journal)).to.deep.equal([
      "run-started",
      "function-ready",
      "peer-ready",
      "function-ready",
      "peer-ready",
      "drive-started",
      "two 3 skipped",
      "one 4 sent",
      "two 4 sent",
      "one 4 succeeded",
      "two 4 succeeded",
      "one 5 sent",
      "two 5 sent",
      "one 5 succeeded",
      "two 5 succeeded",
      "stop: duration",
      "drive-ended",
      "logs-read",
      "one settled true, missing 0",
      "logs-read",
      "two settled true, missing 0",
      "run-ended",
    ]);
    expect(journal[0]).to.deep.include({ sequence: 11, resumed: true });
    expect(end?.kind).to.equal("judged");
  });

  it("continues to read a function's log where the killed run stopped", async () => {
    const record = (requestId: string, at: number) => ({
      logGroup: "/aws/lambda/one",
      logStreamName: "s",
      timestamp: Date.parse(dueAt(at)),
      message: "",
      ingestionTime: null,
      eventId: requestId,
    });
    const read = [record("first", 1), record("second", 2)];
    const resume = resumePoint({
      ...KILLED,
      functions: KILLED.functions.map((one) => (one.name === "one" ? { ...one, records: read } : one)),
    });
    const { logs } = await soakUnderTest({
      labels: ["one"],
      attached: [...read, record("unread", 3)],
      input: { resume, duration: durationMs(5_000), manifest: { ...manifestOf(), createdAt: dueAt(0) } },
    });
    expect(
      logs.map(({ eventId }) => eventId).filter((id) => ["first", "second", "unread"].includes(id ?? "")),
    ).to.deep.equal(["unread"]);
  });
});
