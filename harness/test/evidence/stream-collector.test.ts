/** Log streams that are collected from a file are judged like the same records in memory, in any order. */
import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { PeerLogRecord } from "../../src/record/peer-log.ts";
import {
  aheadElsewhere,
  drive,
  handlerConnect,
  neverConnecting,
  ready,
} from "../analysis/analyze/designs.ts";
import { EVENTS, EXAMPLE, GROUP } from "../adapters/log-formats/example.ts";
import { play, randomStory } from "../analysis/analyze/random-story.ts";
import { TestRun } from "../analysis/analyze/story.ts";
import { judged, only, same } from "./judged-logs.ts";
import { propertyCases } from "../support/test-all.ts";

const more = process.env["LONGRUN_PROPERTY_RUNS"];
const casesOf = (runs: number) =>
  more === undefined
    ? { ...propertyCases(runs), seed: 20261125 }
    : { numRuns: Math.ceil((Number(more) * runs) / 400) };
const runs = casesOf(400);

/** Returns the request ID of the nth invocation. */
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const recordsOf = (run: TestRun): readonly LogRecord[] => run.end().functions[0]?.records ?? [];
const withoutLifecycleLines = (records: readonly LogRecord[]): LogRecord[] =>
  records.filter(({ message }) => !message.includes('"longrun"'));

describe("log streams that are read from a file", () => {
  for (const format of ["json-debug", "json-info", "text"] as const) {
    it(`of a long run in format ${format} are judged like the records in memory`, async () => {
      const run = new TestRun({ target: "logs", format });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      await same(recordsOf(run));
    });

    it(`of a long run in format ${format} without lifecycle lines are judged like the records in memory`, async () => {
      const run = new TestRun({ target: "logs", format });
      aheadElsewhere(run, neverConnecting, { before: 40, during: 40, after: 40 });
      await same(withoutLifecycleLines(recordsOf(run)));
    });
  }

  it("are judged like the records in memory together with a peer log, whole or with a missing line", async () => {
    const run = new TestRun({ target: "logs" });
    aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
    const [one] = run.end().functions;
    const peerLog = one?.peerLog ?? [];
    await same(one?.records ?? [], peerLog);
    await same(
      one?.records ?? [],
      peerLog.filter(({ connection }) => connection !== 30),
    );
  });

  it("show the harm of a refused invocation in a long run", async () => {
    const run = new TestRun({ target: "logs" });
    const [holder, invoked] = [ready(run), ready(run)];
    drive(run, holder, handlerConnect, 30);
    run.invoke(holder, () => void holder.connect());
    drive(run, invoked, handlerConnect, 3);
    run.wait(1_000);
    run.invoke(holder, () => holder.disconnect());
    run.wait(1_000);
    drive(run, invoked, handlerConnect, 30);
    run.invoke(invoked, (call) => call.throws("TypeError"));
    drive(run, invoked, handlerConnect, 30);
    const records = recordsOf(run);
    await same(records);
    expect(only(await judged(records)).harm.total).to.equal(2);
  });

  it("are judged alike if their records are out of order or doubled", async () => {
    const run = new TestRun({ target: "logs" });
    aheadElsewhere(run, handlerConnect, { before: 20, during: 20, after: 20 });
    const records = recordsOf(run);
    const expected = await judged(records);
    for (const changed of [
      [...records.slice(0, 100), ...records.slice(101), records[100] as LogRecord],
      [...records, ...records],
      [...records].reverse(),
      records.flatMap((record) => [record, record]),
    ])
      expect(await judged(changed)).to.deep.equal(expected);
  });

  it("of exported logs are judged like the records in memory, with and without the log of a peer", async () => {
    const records = EVENTS.map((event): LogRecord => ({ logGroup: GROUP, ...event }));
    await same(records);
    const peerLog = readFileSync(join(EXAMPLE, "gateway.jsonl"), "utf8").trimEnd().split("\n");
    await same(
      records,
      peerLog.map((line) => ({
        ...{ connection: null, remote: null, hello: null },
        ...(JSON.parse(line) as PeerLogRecord),
      })),
    );
  });

  it("show that an event was retried in another environment", async () => {
    const run = new TestRun({ target: "logs" });
    aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
    const records = recordsOf(run);
    const [tried, again] = [id(10), id(60)];
    const repeated = records.map((record) => ({
      ...record,
      message: record.message.replaceAll(again, tried),
    }));
    await same(repeated);
    const { invocations, findings } = only(await judged(repeated));
    expect(invocations.unknown).to.equal(1);
    expect(invocations.unknownReasons).to.deep.equal({ "started-again": 1 });
    expect(
      findings.flatMap(({ code, parameters }) => (code === "outcomes-unknown" ? [parameters] : [])),
    ).to.deep.equal([{ invocations: 1, why: "started-again", runtime: "nodejs:22.v50" }]);
  });

  it("of any random evidence in which events were retried are judged like the records in memory", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (story, pairs) => {
          const steps = story.steps.map((step) =>
            step.step === "invoke" ? { ...step, times: step.times * 4 } : step,
          );
          const records = (play({ ...story, steps }).functions[0]?.records ?? []).map((record) => ({
            ...record,
            message: pairs.reduce((text, [a, b]) => text.replaceAll(id(a), id(b)), record.message),
          }));
          if (records.length > 0) await same(records);
        },
      ),
      casesOf(200),
    );
  });

  it("of any random evidence are judged like the records in memory", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        async (story, ownLines, withPeer, times) => {
          const steps = story.steps.map((step) =>
            step.step === "invoke" ? { ...step, times: step.times * times } : step,
          );
          const [one] = play({ ...story, steps }).functions;
          const records = one?.records ?? [];
          if (records.length > 0)
            await same(
              ownLines ? records : withoutLifecycleLines(records),
              withPeer ? (one?.peerLog ?? null) : null,
            );
        },
      ),
      runs,
    );
  });

  it("are judged like the records in memory if records are missing", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomStory,
        fc.integer({ min: 1, max: 30 }),
        fc.nat({ max: 29 }),
        async (story, every, offset) => {
          const steps = story.steps.map((step) =>
            step.step === "invoke" ? { ...step, times: step.times * 6 } : step,
          );
          const all = play({ ...story, steps }).functions[0]?.records ?? [];
          const records = all.filter((_, index) => (index + offset) % (every + 1) !== 0);
          if (records.length > 0) await same(records);
        },
      ),
      runs,
    );
  });
});
