/** A run in a folder is judged like the same evidence in memory. */
import { expect } from "chai";
import fc from "fast-check";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRun } from "../adapters/run-directory/read-run.ts";
import { runFolder } from "../../src/adapters/run-directory/run-folder.ts";
import { judgeRun } from "../../src/judge/judge-run.ts";
import type { Evidence } from "../../src/record/evidence.ts";
import type { JournalEvent } from "../../src/record/journal.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import {
  aheadElsewhere,
  drive,
  handlerConnect,
  neverConnecting,
  ready,
} from "../analysis/analyze/designs.ts";
import { withCounts } from "../analysis/attribution/metered-log.ts";
import { hostileRun } from "../analysis/analyze/hostile/hostile-run.ts";
import * as mutate from "../analysis/analyze/mutate.ts";
import { play, randomStory } from "../analysis/analyze/random-story.ts";
import { TestRun } from "../analysis/analyze/story.ts";
import { propertyCases, propertyRuns } from "../support/test-all.ts";

const more = process.env["LONGRUN_PROPERTY_RUNS"];
const runs = more === undefined ? { ...propertyCases(300), seed: 20261125 } : { numRuns: Number(more) };

/** Makes one run with two functions. Their events are in order of time, and their links share one sequence of numbers. */
function together(one: Evidence, two: Evidence): Evidence {
  const links = Math.max(
    ...one.functions.flatMap(({ linkLog }) => (linkLog ?? []).map((line) => line.connection)),
  );
  const once = (two.journal ?? []).filter((event) => "function" in event);
  const journal = [...(one.journal ?? []), ...once].sort((a, b) =>
    a.time < b.time ? -1 : a.time > b.time ? 1 : 0,
  );
  return {
    ...one,
    manifest:
      one.manifest === null || two.manifest === null
        ? null
        : { ...one.manifest, functions: [...one.manifest.functions, ...two.manifest.functions] },
    journal: journal.map((event, index) => ({ ...event, sequence: index + 1 })),
    functions: [
      ...one.functions,
      ...two.functions.map((each) => ({
        ...each,
        linkLog: each.linkLog?.map((line) => ({ ...line, connection: line.connection + links })) ?? null,
      })),
    ],
  };
}

describe("a run in a folder", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const path = (): string => join(folder.path(), "run");

  function write({ manifest, journal, functions, applied }: Evidence): void {
    rmSync(path(), { recursive: true, force: true });
    mkdirSync(join(path(), "logs"), { recursive: true });
    const paths = runFolder(path());
    const lines = (list: readonly unknown[]): string =>
      list.map((one) => `${JSON.stringify(one)}\n`).join("");
    writeFileSync(paths.manifest, JSON.stringify(manifest));
    writeFileSync(paths.journal, lines(journal ?? []));
    if (applied !== null) writeFileSync(paths.applied, lines(applied));
    const readings = functions.flatMap(({ name, metrics }) =>
      (metrics?.readings ?? []).map((reading) => ({ function: name, ...reading })),
    );
    if (readings.length > 0) writeFileSync(paths.metrics, lines(readings));
    for (const { name, records, peerLog, linkLog } of functions) {
      writeFileSync(paths.logs(name), lines(records));
      if (peerLog !== null) writeFileSync(paths.peer(name), lines(peerLog));
      if (linkLog !== null) writeFileSync(paths.links(name), lines(linkLog));
    }
  }

  function same(evidence: Evidence): void {
    write(evidence);
    expect(judgeRun(path())).to.deep.equal(judgeRun(readRun(path())));
  }

  it("is compared with CloudWatch's metrics", () => {
    const run = new TestRun({ target: "aws" });
    const environment = ready(run);
    drive(run, environment, handlerConnect, 60);
    const evidence = run.end();
    for (const invocations of [0, 1]) {
      same(withCounts(evidence, { invocations }));
      const [one] = judgeRun(path()).functions;
      expect([one?.metrics?.agree, one?.metrics?.invocations]).to.deep.equal([
        invocations === 0,
        { logged: 60, counted: 60 + invocations },
      ]);
    }
  });

  for (const target of ["local", "aws"] as const) {
    for (const format of ["json-debug", "json-info", "text"] as const) {
      it(`${target}, ${format}: is judged like the evidence in memory`, () => {
        const run = new TestRun({ target, format });
        aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
        same(run.end());
      });
    }

    it(`${target}: is judged like the evidence in memory if no line shows what the function did`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, neverConnecting, { before: 40, during: 40, after: 40 });
      same(mutate.withoutLifecycleLines(run.end()));
    });

    it(`${target}: is judged like the evidence in memory if a source is doubled or lacks lines`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const evidence = run.end();
      same(mutate.doubled(evidence));
      same(mutate.peerLogWithout(({ connection }) => connection === 30)(evidence));
      same({ ...evidence, journal: (evidence.journal ?? []).toSpliced(60, 1) });
    });

    it(`${target}: shows that the journal says twice that one invocation was sent`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const evidence = run.end();
      const journal = (evidence.journal ?? [])
        .flatMap((event) => (event.event === "invocation-sent" && event.n === 30 ? [event, event] : event))
        .map((event, index) => ({ ...event, sequence: index + 1 }));
      same({ ...evidence, journal });
      const findings = judgeRun(path()).functions.flatMap((one) => one.findings);
      expect(findings.map(({ code }) => code)).to.include("invocations-ended-twice");
    });

    it(`${target}: is judged like the evidence in memory if the journal says that an invocation was sent and also skipped`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const evidence = run.end();
      const skipped = ({ sequence, time, monotonicMs }: JournalEvent): JournalEvent => ({
        ...{ event: "invocation-skipped", function: "f", n: 30, dueAt: time },
        ...{ sequence, time, monotonicMs },
      });
      for (const before of ["invocation-sent", "invocation-ended"] as const) {
        const journal = (evidence.journal ?? [])
          .flatMap((event): JournalEvent[] =>
            event.event === before && event.n === 30 ? [event, skipped(event)] : [event],
          )
          .map((event, index) => ({ ...event, sequence: index + 1 }));
        same({ ...evidence, journal });
      }
    });

    it(`${target}: is judged like the evidence in memory if the function has several peers`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const { manifest, ...evidence } = run.end();
      if (manifest === null) throw new Error("no manifest");
      const peers = ["db", "cache"].map((name) => ({
        name,
        host: "127.0.0.1",
        port: 7000,
        capacity: 1,
        capacityGiven: true,
      }));
      const functions = manifest.functions.map((one) => ({ ...one, peers }));
      same({ ...evidence, manifest: { ...manifest, functions } });
    });

    it(`${target}: is judged like the evidence in memory if a connection waited in the queue`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const evidence = run.end();
      const functions = evidence.functions.map((one) => ({
        ...one,
        peerLog: (one.peerLog ?? []).flatMap((line) =>
          line.event === "accepted" && line.connection === 30
            ? [{ ...line, event: "queued" as const }, line]
            : line,
        ),
      }));
      same({ ...evidence, functions });
    });

    it(`${target}: is judged like the evidence in memory if the log records are in reverse order`, () => {
      const run = new TestRun({ target });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      const evidence = run.end();
      const [one] = evidence.functions;
      if (one === undefined) throw new Error("no function");
      same({ ...evidence, functions: [{ ...one, records: one.records.toReversed() }] });
    });
  }

  for (const platform of ["hostile", "partition"] as const) {
    it(`has the same result with the random events of the profile ${platform}`, () => {
      for (let seed = 1; seed <= propertyRuns(5); seed += 1) {
        same(hostileRun({ seed, invocations: 300, platform, intervalMs: 5_000 }).evidence);
      }
    });
  }

  it("has the same result with restarts of the peer and an unknown client", () => {
    const run = new TestRun({ target: "local" });
    const environment = ready(run);
    drive(run, environment, handlerConnect, 30);
    run.peerDies();
    drive(run, environment, handlerConnect, 3);
    run.peerReady();
    drive(run, environment, handlerConnect, 30);
    const stranger = run.arrive({ bootId: null, logStream: "laptop", phase: null }, null);
    drive(run, environment, handlerConnect, 3);
    run.leave(stranger);
    drive(run, environment, handlerConnect, 30);
    same(run.end());
  });

  it("has the same result with two functions that share the journal and the numbers of their links", () => {
    const [one, two] = ["one", "two"].map((name) => {
      const run = new TestRun({ target: "local", name });
      aheadElsewhere(run, handlerConnect, { before: 40, during: 40, after: 40 });
      return run.end();
    }) as [Evidence, Evidence];
    same(together(one, two));
  });

  const longStory = fc.tuple(randomStory, fc.integer({ min: 1, max: 12 })).map(([story, times]) => ({
    ...story,
    steps: story.steps.map((step) =>
      step.step === "invoke" ? { ...step, times: step.times * times } : step,
    ),
  }));

  it("has the same result with any random evidence", () => {
    fc.assert(
      fc.property(longStory, (story) => {
        same(play(story));
      }),
      runs,
    );
  });

  it("has the same result if lines of any source are missing", () => {
    const thinned = fc.record({
      records: fc.integer({ min: 0, max: 40 }),
      peerLog: fc.integer({ min: 0, max: 40 }),
      linkLog: fc.integer({ min: 0, max: 40 }),
      journal: fc.integer({ min: 0, max: 40 }),
    });
    const without = <T>(list: readonly T[], every: number): readonly T[] =>
      every === 0 ? list : list.filter((_, index) => index % (every + 7) !== every);
    fc.assert(
      fc.property(longStory, thinned, (story, every) => {
        const evidence = play(story);
        same({
          ...evidence,
          journal: without(evidence.journal ?? [], every.journal),
          functions: evidence.functions.map((one) => ({
            ...one,
            records: without(one.records, every.records),
            peerLog: one.peerLog === null ? null : without(one.peerLog, every.peerLog),
            linkLog: one.linkLog === null ? null : without(one.linkLog, every.linkLog),
          })),
        });
      }),
      runs,
    );
  });
});
