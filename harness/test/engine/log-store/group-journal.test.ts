import { writeSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { GroupJournal } from "../../../src/engine/log-store/group-journal.ts";
import { LogStore } from "../../../src/engine/log-store/log-store.ts";
import { LogsUnwritable } from "../../../src/engine/log-sink.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A disk with room for so many bytes more. As the system call does, it writes what fits, and fails if nothing fits. */
class SmallDisk {
  room = Infinity;

  readonly writeSync = (file: number, bytes: Buffer, offset: number, length: number): number => {
    if (this.room === 0)
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    const count = writeSync(file, bytes, offset, Math.min(length, this.room));
    this.room -= count;
    return count;
  };
}

const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, streams: null, limit: 10_000 } as const;

describe("the log store on a disk that is full", () => {
  const folder = temporaryFolder();
  let disk: SmallDisk;
  let problems: string[];
  let store: LogStore;
  const open = (): LogStore =>
    new LogStore({
      folder: folder.path(),
      now: () => 5_000,
      report: (problem) => problems.push(problem),
      writeSync: disk.writeSync,
    });
  beforeEach(() => {
    disk = new SmallDisk();
    problems = [];
    store = open();
    store.createStream("g", "s", 1);
  });
  const group = () => {
    const found = store.of("us-east-1").group("g");
    if (found === undefined) throw new Error("no group");
    return found;
  };
  const put = (...messages: readonly string[]): void => {
    const stream = group().stream("s");
    if (stream === undefined) throw new Error("no stream");
    group().writeNow(
      stream,
      5_000,
      messages.map((message) => ({ timestamp: 100, message })),
    );
  };
  const messages = (): readonly string[] =>
    group()
      .events(group().after(null, ALL))
      .map(({ message }) => message);
  /** What a new engine finds, after this one was killed. */
  const afterKill = (): readonly string[] => {
    store = open();
    return messages();
  };

  it("refuses a batch, and keeps nothing of it, wherever the disk was full", () => {
    put("before");
    for (let room = 0; room < 60; room += 1) {
      disk.room = room;
      expect(() => put("first", "second", "third")).to.throw(LogsUnwritable, "no space left on device");
      expect([room, messages()]).to.deep.equal([room, ["before"]]);
    }
    disk.room = Infinity;
    put("after");
    expect(messages()).to.deep.equal(["before", "after"]);
    expect(afterKill()).to.deep.equal(["before", "after"]);
  });

  it("has written a batch when it acknowledges it", () => {
    put("first", "second");
    expect(afterKill()).to.deep.equal(["first", "second"]);
  });

  it("refuses every other change, and keeps nothing of it", () => {
    disk.room = 5;
    const settings = group().settings;
    expect(() => group().createStream("t", 1)).to.throw(LogsUnwritable);
    expect(() => group().deleteStream("s")).to.throw(LogsUnwritable);
    expect(() => {
      group().settings = { retentionInDays: 7, tags: {} };
    }).to.throw(LogsUnwritable);
    expect(() => store.of("us-east-1").createGroup("h")).to.throw(LogsUnwritable);
    const seen = () => [
      store.groups().map(({ name }) => name),
      group().settings,
      group()
        .streams()
        .map(({ name }) => name),
    ];
    expect(seen()).to.deep.equal([["g"], settings, ["s"]]);
    disk.room = Infinity;
    store = open();
    expect(seen()).to.deep.equal([["g"], settings, ["s"]]);
    expect(problems).to.deep.equal([]);
  });

  it("takes no line of a function while an earlier one cannot be written, and loses none that it took", () => {
    store.write("g", "s", 100, "1");
    disk.room = 7;
    store.write("g", "s", 100, "2");
    // Reading writes what waits, so the disk is found to be full.
    expect(messages()).to.deep.equal(["1", "2"]);
    expect(() => store.write("g", "s", 100, "3")).to.throw(LogsUnwritable);
    expect(() => put("4")).to.throw(LogsUnwritable);
    expect(messages()).to.deep.equal(["1", "2"]);
    expect(problems.map((problem) => problem.replace(/\S*\.jsonl/, "FILE"))).to.deep.equal([
      "log events cannot be written to FILE, so what functions write waits: ENOSPC: no space left on device",
    ]);
    disk.room = Infinity;
    store.write("g", "s", 100, "3");
    put("4");
    expect(messages()).to.deep.equal(["1", "2", "3", "4"]);
    expect(afterKill()).to.deep.equal(["1", "2", "3", "4"]);
  });

  it("writes what it took when there is room again, also if no line follows", async () => {
    const path = join(folder.path(), "alone");
    let failures = 0;
    const written = new Promise<string>((resolve) => {
      const journal = new GroupJournal(path, {
        report: () => undefined,
        writeSync: (file, bytes, offset, length) => {
          failures += 1;
          if (failures === 1) throw new Error("full");
          resolve(bytes.toString("utf8", offset, offset + length));
          return writeSync(file, bytes, offset, length);
        },
      });
      journal.append("line");
      journal.flush();
    });
    const alive = setInterval(() => undefined, 1_000);
    expect(await written).to.equal('"line"\n');
    clearInterval(alive);
  });
});
