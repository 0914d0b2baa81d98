import { expect } from "chai";
import { appendFileSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogStore } from "../../../src/engine/log-store/log-store.ts";
import { InvariantError } from "../../../src/base/invariant.ts";

const GROUP = "/aws/lambda/f";
const STREAM = "2026/11/25/[$LATEST]aa";
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, streams: null, limit: 10_000 } as const;

describe("engine log store: on disk", () => {
  let folder: string;
  let problems: string[];
  let now: number;
  const stores: LogStore[] = [];
  const open = (): LogStore => {
    const store = new LogStore({ folder, now: () => now, report: (problem) => problems.push(problem) });
    stores.push(store);
    return store;
  };
  const messages = (store: LogStore): string[] => {
    const group = store.of("eu-central-1").group(GROUP);
    return group === undefined ? [] : group.events(group.after(null, ALL)).map(({ message }) => message);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "longrun-logs-"));
    problems = [];
    now = 5_000;
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) store.close();
    await rm(folder, { recursive: true });
  });

  it("reads every event back directly after it was written, with any characters and any line ends", () => {
    const store = open();
    store.of("eu-central-1").createStream(GROUP, STREAM, 1);
    const written = [
      "plain\n",
      "zwei\nZeilen\n",
      "日本語 🦊\n",
      'quotes " and \\ and \u2028\n',
      "\ud800 alone\n",
      "x".repeat(300_000),
    ];
    for (const [number, message] of written.entries())
      store.of("eu-central-1").write(GROUP, STREAM, 100 + number, message);
    expect(messages(store)).to.deep.equal(written);
  });

  it("writes a late event before everything that comes after it, and before it is read, listed or closed", () => {
    const store = open();
    const logs = store.of("eu-central-1");
    logs.createStream(GROUP, STREAM, 1);
    const late = (message: string): void => logs.late.add(() => logs.write(GROUP, STREAM, 100, message));
    late("late 1");
    logs.write(GROUP, STREAM, 100, "next");
    late("late 2");
    expect(messages(store)).to.deep.equal(["late 1", "next", "late 2"]);
    late("late 3");
    const before = logs.groups()[0]?.storedBytes;
    expect(before).to.equal(4 * 26 + "late 1nextlate 2late 3".length);
    late("late 4");
    store.close();
    expect(messages(open())).to.deep.equal(["late 1", "next", "late 2", "late 3", "late 4"]);
  });

  it("keeps the order of the calls within a stream, even if the clock goes back", () => {
    const store = open();
    store.of("eu-central-1").createStream(GROUP, STREAM, 1);
    store.of("eu-central-1").write(GROUP, STREAM, 100, "first");
    now = 4_000;
    store.of("eu-central-1").write(GROUP, STREAM, 90, "second");
    const group = store.of("eu-central-1").group(GROUP);
    expect(
      group
        ?.events(group.after(null, ALL))
        .map(({ message, timestamp, ingestionTime }) => [message, timestamp, ingestionTime]),
    ).to.deep.equal([
      ["first", 100, 5_000],
      ["second", 100, 5_000],
    ]);
  });

  it("refuses to create a stream twice", () => {
    const store = open();
    store.of("eu-central-1").createStream(GROUP, STREAM, 1);
    expect(() => store.of("eu-central-1").createStream(GROUP, STREAM, 2)).to.throw(InvariantError);
  });

  it("restores everything after a restart: events, streams, settings, deletions", () => {
    const first = open();
    first.of("eu-central-1").createStream(GROUP, STREAM, 1);
    first.of("eu-central-1").createStream(GROUP, "gone", 2);
    first.of("eu-central-1").write(GROUP, STREAM, 100, "kept\n");
    first.of("eu-central-1").write(GROUP, "gone", 100, "lost\n");
    const group = first.of("eu-central-1").group(GROUP);
    if (group === undefined) throw new Error("no group");
    group.settings = { retentionInDays: 7, tags: { a: "1" } };
    group.deleteStream("gone");
    first.of("eu-central-1").createGroup("deleted");
    const deleted = first.of("eu-central-1").group("deleted");
    if (deleted !== undefined) first.deleteGroup(deleted);
    first.close();
    const again = open();
    const reopened = again.of("eu-central-1").group(GROUP);
    expect(again.groups().map(({ name }) => name)).to.deep.equal([GROUP]);
    expect([
      reopened?.settings,
      reopened
        ?.streams()
        .map(({ name, createdAt, firstTimestamp, lastTimestamp, lastIngestion }) => [
          name,
          createdAt,
          firstTimestamp,
          lastTimestamp,
          lastIngestion,
        ]),
    ]).to.deep.equal([{ retentionInDays: 7, tags: { a: "1" } }, [[STREAM, 1, 100, 100, 5_000]]]);
    expect(messages(again)).to.deep.equal(["kept\n"]);
    again.of("eu-central-1").write(GROUP, STREAM, 101, "more\n");
    expect(messages(again)).to.deep.equal(["kept\n", "more\n"]);
  });

  it("cuts off a line that a killed engine left incomplete, and appends new lines", () => {
    const first = open();
    first.of("eu-central-1").createStream(GROUP, STREAM, 1);
    first.of("eu-central-1").write(GROUP, STREAM, 100, "whole\n");
    first.close();
    const file = join(folder, readdirSync(folder)[0] ?? "");
    appendFileSync(file, '[0,101,5000,"torn');
    const again = open();
    again.of("eu-central-1").write(GROUP, STREAM, 102, "next\n");
    expect([messages(again), problems]).to.deep.equal([["whole\n", "next\n"], []]);
    again.close();
    expect(messages(open())).to.deep.equal(["whole\n", "next\n"]);
  });

  it("restores every complete line of a file that is cut off anywhere", () => {
    const first = open();
    first.of("eu-central-1").createStream(GROUP, STREAM, 1);
    for (let number = 0; number < 20; number += 1)
      first.of("eu-central-1").write(GROUP, STREAM, 100 + number, `${number}\n`);
    first.close();
    const file = join(folder, readdirSync(folder)[0] ?? "");
    const bytes = readFileSync(file);
    const head = bytes.indexOf("\n") + 1;
    for (let size = statSync(file).size; size > head; size -= 7) {
      truncateSync(file, size);
      const again = open();
      const read = messages(again);
      const whole = Math.max(0, bytes.subarray(0, size).toString("utf8").split("\n").length - 3);
      expect(read).to.deep.equal(Array.from({ length: whole }, (_, number) => `${number}\n`));
      again.close();
    }
    expect(problems).to.deep.equal([]);
  });

  it("reports a file that it cannot read, and starts without it", () => {
    const first = open();
    first.of("eu-central-1").createStream(GROUP, STREAM, 1);
    first.of("eu-central-1").createGroup("other");
    first.close();
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (readFileSync(file, "utf8").includes(GROUP)) writeFileSync(file, "not a log group\n");
    }
    const again = open();
    expect(again.groups().map(({ name }) => name)).to.deep.equal(["other"]);
    expect(problems.length).to.equal(1);
    expect(problems[0]).to.contain("is not a log group that this version can read");
    again.of("eu-central-1").createStream(GROUP, STREAM, 1);
    again.of("eu-central-1").write(GROUP, STREAM, 1, "new life\n");
    again.close();
    expect(messages(open())).to.deep.equal(["new life\n"]);
  });

  it("serves more log groups than the number of files that it keeps open", () => {
    const store = open();
    const names = Array.from({ length: 200 }, (_, number) => `g${number}`);
    for (const name of names) store.of("eu-central-1").createStream(name, STREAM, 1);
    for (const name of names) store.of("eu-central-1").write(name, STREAM, 1, name);
    const read = names.map((name) => {
      const group = store.of("eu-central-1").group(name);
      return group?.events(group.after(null, ALL))[0]?.message;
    });
    expect(read).to.deep.equal(names);
  });

  it("creates a stream again if its group was deleted while the environment lived", () => {
    const store = open();
    store.of("eu-central-1").createStream(GROUP, STREAM, 1);
    const group = store.of("eu-central-1").group(GROUP);
    if (group !== undefined) store.deleteGroup(group);
    store.of("eu-central-1").write(GROUP, STREAM, 1, "after all\n");
    expect(messages(store)).to.deep.equal(["after all\n"]);
  });
});
