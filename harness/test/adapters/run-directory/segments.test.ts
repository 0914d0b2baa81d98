import { expect } from "chai";
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import { readRun } from "./read-run.ts";
import { openSegments, segmentsOf } from "../../../src/adapters/run-directory/segments.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a file of lines that is divided into pieces", () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder.path(), "journal.jsonl");
  const text = (): string =>
    segmentsOf(folder.path(), path())
      .map((one) => readFileSync(one, "utf8"))
      .join("");

  it("continues in another piece before a piece becomes too long, and never in the middle of a line", () => {
    const file = openSegments(path(), 10);
    for (const line of ["one\n", "two\n", "three\n", "a line longer than a piece\n", "four\n"])
      file.append(line);
    file.close();
    expect(readdirSync(folder.path()).sort()).to.deep.equal([
      "journal.jsonl",
      "journal.jsonl.0001",
      "journal.jsonl.0002",
      "journal.jsonl.0003",
    ]);
    expect(segmentsOf(folder.path(), path()).map((one) => readFileSync(one, "utf8"))).to.deep.equal([
      "one\ntwo\n",
      "three\n",
      "a line longer than a piece\n",
      "four\n",
    ]);
  });

  it("loses an incomplete last line when it is opened again, and is continued in its last piece", () => {
    const first = openSegments(path(), 8);
    first.append("one\n");
    first.append("two\n");
    first.append("three\n");
    first.close();
    appendFileSync(`${path()}.0001`, "torn");
    const second = openSegments(path(), 12);
    second.append("four\n");
    second.append("five\n");
    second.close();
    expect(text()).to.equal("one\ntwo\nthree\nfour\nfive\n");
  });

  it("has its pieces in the order of their numbers, even beyond 9999, and includes no other files", () => {
    for (const name of ["", ".0001", ".9999", ".10000", ".1", ".gz", ".0001.gz"])
      appendFileSync(`${path()}${name}`, "x\n");
    appendFileSync(join(folder.path(), "journal.jsonl2"), "x\n");
    expect(segmentsOf(folder.path(), path())).to.deep.equal(
      ["", ".0001", ".9999", ".10000"].map((name) => `${path()}${name}`),
    );
  });
});

describe("a run directory whose files are divided into pieces", () => {
  const folder = temporaryFolder();
  const run = (): string => join(folder.path(), "run");
  const SMALL = { segmentBytes: 400 };
  const journalEvent = (sequence: number) =>
    ({
      sequence,
      time: "2026-11-25T01:02:03.456Z",
      monotonicMs: sequence,
      event: "drive-started",
    }) as const;
  const record = (index: number) => ({
    logGroup: "/aws/lambda/one",
    logStreamName: "2026/11/25/[$LATEST]0",
    timestamp: index,
    message: `line ${index}`,
    ingestionTime: null,
    eventId: String(index),
  });
  const write = (from: number, to: number, resume: boolean): void => {
    const store = openFileRunStore(run(), { ...SMALL, resume });
    store.writeManifest(manifestOf());
    for (let index = from; index <= to; index += 1) {
      store.appendJournal(journalEvent(index));
      store.appendLogs("one", [record(index)]);
    }
    store.close();
  };
  const read = () => {
    const { journal, functions } = readRun(run());
    return {
      journal: journal?.map(({ sequence }) => sequence),
      records: functions[0]?.records.map(({ timestamp }) => timestamp),
      unreadable: functions[0]?.unreadable,
    };
  };
  const numbers = (to: number): readonly number[] => Array.from({ length: to }, (_, index) => index + 1);

  it("is read completely, even after the run was resumed", () => {
    write(1, 20, false);
    write(21, 40, true);
    const pieces = segmentsOf(run(), join(run(), "journal.jsonl"));
    expect(pieces.length).to.be.greaterThan(5);
    for (const piece of pieces) expect(statSync(piece).size).to.be.at.most(SMALL.segmentBytes);
    expect(read()).to.deep.equal({ journal: numbers(40), records: numbers(40), unreadable: [] });
  });

  it("may end with an incomplete line, but an incomplete line before the end is counted as unreadable", () => {
    write(1, 20, false);
    const pieces = segmentsOf(run(), join(run(), "journal.jsonl"));
    appendFileSync(pieces.at(-1) ?? "", '{"sequence":21,"ti');
    expect(read()).to.deep.include({ journal: numbers(20), unreadable: [] });
    appendFileSync(pieces[1] ?? "", '{"sequence":99,"ti');
    expect(read()).to.deep.include({
      journal: numbers(20),
      unreadable: [{ source: "journal.jsonl", lines: 1, example: '{"sequence":99,"ti' }],
    });
  });

  it("is read without the lines of a lost piece", () => {
    write(1, 20, false);
    rmSync(segmentsOf(run(), join(run(), "journal.jsonl"))[1] ?? "");
    const left = read().journal ?? [];
    expect(left.length).to.be.within(10, 19);
    expect([left[0], left.at(-1)]).to.deep.equal([1, 20]);
  });
});
