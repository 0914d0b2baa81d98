import { expect } from "chai";
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import { readRun } from "./read-run.ts";
import { writeRenderings } from "../../../src/adapters/run-directory/write-renderings.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import type { JournalEvent } from "../../../src/record/journal.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const TIME = "2026-11-25T01:02:03.456Z";
const STARTED: JournalEvent = {
  sequence: 1,
  time: TIME,
  monotonicMs: 1,
  event: "run-started",
  resumed: false,
};
const DRIVE: JournalEvent = { sequence: 2, time: TIME, monotonicMs: 2, event: "drive-started" };
const RECORD = {
  logGroup: "/aws/lambda/one",
  logStreamName: "2026/11/25/[$LATEST]a",
  timestamp: 5,
  message: "hello \u2028 \ud83d\ude00\n",
  ingestionTime: 6,
  eventId: "1",
};
const HELLO = { bootId: "b", logStream: "s", phase: "init" };
const ACCEPTED = {
  time: TIME,
  event: "accepted",
  connection: 1,
  remote: "127.0.0.1:1",
  hello: HELLO,
} as const;
const LINK = {
  time: TIME,
  event: "opened",
  functionName: "one",
  environment: "s",
  boot: 1,
  connection: 1,
  upstreamLocal: null,
  by: null,
  ending: null,
  answered: false,
  error: null,
} as const;
const APPLIED = {
  functionName: "one",
  entry: 0,
  result: "applied",
  from: TIME,
  to: TIME,
  environments: [],
  detail: null,
} as const;
const ENDED = {
  result: "ended",
  functionName: "one",
  environment: "s",
  time: TIME,
  ending: "fin",
} as const;

function codeOf(work: () => unknown): { readonly code: string; readonly message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof LongrunError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("expected a LongrunError");
}

const ADDRESS = { host: "127.0.0.1", port: 7 } as const;

describe("a run directory", () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder.path(), "run");

  it("is read with exactly the content that was written", () => {
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    store.appendJournal(STARTED);
    store.appendJournal(DRIVE);
    store.appendLogs("one", [RECORD, RECORD]);
    store.appendPeer("one", { event: "ready", time: TIME, ...ADDRESS });
    store.appendPeer("one", ACCEPTED);
    store.appendLinks("one", [LINK]);
    store.appendApplied([APPLIED, ENDED]);
    store.close();
    expect(readRun(path())).to.deep.equal({
      manifest: manifestOf(),
      journal: [STARTED, DRIVE],
      plan: null,
      applied: [APPLIED, ENDED],
      functions: [
        {
          name: "one",
          functionArn: null,
          records: [RECORD, RECORD],
          peerLog: [
            { time: TIME, event: "ready", connection: null, remote: null, hello: null, ...ADDRESS },
            ACCEPTED,
          ],
          linkLog: [LINK],
          unreadable: [],
        },
      ],
    });
  });

  it("is read up to the last complete line if the process was killed in the middle of a line", () => {
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    store.appendJournal(STARTED);
    store.appendLogs("one", [RECORD]);
    store.close();
    appendFileSync(join(path(), "journal.jsonl"), '{"sequence":2,"time":"2026');
    appendFileSync(join(path(), "logs", "one.jsonl"), '{"logGroup":"/aws');
    const { journal, functions } = readRun(path());
    expect({ journal, records: functions[0]?.records, unreadable: functions[0]?.unreadable }).to.deep.equal({
      journal: [STARTED],
      records: [RECORD],
      unreadable: [],
    });
  });

  it("has each function's readings of CloudWatch's metrics, and the number of lines that are no readings", () => {
    const reading = {
      functionName: "longrun-one",
      readAt: TIME,
      from: TIME,
      to: TIME,
      points: [{ time: TIME, invocations: 3, errors: null }],
    };
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    store.appendJournal(STARTED);
    store.appendMetrics("one", [reading, { ...reading, points: [] }]);
    store.appendMetrics("other", [reading]);
    store.close();
    appendFileSync(
      join(path(), "metrics.jsonl"),
      '{"function":"one","functionName":"longrun-one","points":[3]}\n',
    );
    const [one] = readRun(path()).functions;
    expect([one?.metrics, one?.unreadable.map(({ source, lines }) => [source, lines])]).to.deep.equal([
      {
        readings: [
          { function: "one", ...reading },
          { function: "one", ...reading, points: [] },
        ],
        loggedFrom: null,
        loggedTo: null,
      },
      [["metrics.jsonl", 1]],
    ]);
  });

  it("is read with a count of the unreadable lines, and an example", () => {
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    store.appendJournal(STARTED);
    store.close();
    writeFileSync(
      join(path(), "logs", "peer-one.jsonl"),
      `nonsense\n[1]\n{"time":"x"}\n${JSON.stringify(ACCEPTED)}\n`,
    );
    const { functions } = readRun(path());
    expect({ peerLog: functions[0]?.peerLog, unreadable: functions[0]?.unreadable }).to.deep.equal({
      peerLog: [ACCEPTED],
      unreadable: [{ source: "logs/peer-one.jsonl", lines: 3, example: "nonsense" }],
    });
  });

  it("has a file that reserves disk space while a run writes to the directory", () => {
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    const during = readdirSync(path()).sort();
    store.makeRoom();
    store.close();
    writeRenderings(path(), { html: "h", markdown: "m", junit: "j", result: "r" });
    expect([during, readdirSync(path()).sort()]).to.deep.equal([
      [".owner", ".reserve", "logs", "manifest.json"],
      ["junit.xml", "logs", "manifest.json", "report.html", "result.json", "summary.md"],
    ]);
  });

  it("is removed completely when it is discarded", () => {
    const store = openFileRunStore(path());
    store.writeManifest(manifestOf());
    store.appendJournal(STARTED);
    store.discard();
    expect(readdirSync(folder.path())).to.deep.equal([]);
  });

  it("is not created in a folder that has files, or in place of a file", () => {
    mkdirSync(path());
    writeFileSync(join(path(), "mine.txt"), "");
    writeFileSync(join(folder.path(), "file"), "");
    expect([
      codeOf(() => openFileRunStore(path())).message,
      codeOf(() => openFileRunStore(join(folder.path(), "file"))).message,
    ]).to.deep.equal([
      `--out ${path()}: expected a new or an empty folder.`,
      `--out ${join(folder.path(), "file")}: expected a folder that can be made and written to, but a file is in the way.`,
    ]);
  });

  for (const { title, files, message } of [
    { title: "no folder", files: null, message: /there is no such folder/ },
    { title: "an empty folder", files: {}, message: /it has no manifest\.json/ },
    {
      title: "a manifest of another program",
      files: { "manifest.json": '{"name":"x"}' },
      message: /was not written by lambda-longrun/,
    },
    {
      title: "a manifest that is not JSON",
      files: { "manifest.json": "{" },
      message: /manifest\.json is not JSON/,
    },
    {
      title: "a manifest without a journal",
      files: { "manifest.json": JSON.stringify(manifestOf()) },
      message: /it has no journal\.jsonl/,
    },
    {
      title: "a plan whose profile is no text",
      files: {
        "manifest.json": JSON.stringify(manifestOf()),
        "journal.jsonl": "",
        "plan.json": JSON.stringify({ schemaVersion: 1, profile: true, seed: 1, entries: [] }),
      },
      message:
        /plan\.json: expected the plan of a run, with a profile, a seed and a list of entries, found \{/,
    },
    {
      title: "a manifest with lists inside each other on more than 210 levels",
      files: { "manifest.json": `{"schemaVersion":1,"x":${"[".repeat(210)}${"]".repeat(210)}}` },
      message:
        /manifest\.json: expected a file of a run, but it has lists or objects that are nested too deeply/,
    },
    {
      title: "a newer schema",
      files: { "manifest.json": JSON.stringify({ ...manifestOf(), schemaVersion: 2 }) },
      message: /expected a run of schema version 1, found 2; a newer longrun made it/,
    },
    {
      title: "a manifest that somebody changed: the message names every wrong member",
      files: {
        "manifest.json": JSON.stringify({
          ...manifestOf(),
          status: "done",
          profile: { ...manifestOf().profile, settleMs: "soon", thresholds: ["harm"], strangers: 7 },
          functions: [{ name: "../one", functionName: "one", expected: "good", code: null, peers: [{}] }],
        }),
      },
      message: new RegExp(
        [
          ': manifest\\.json, status: expected running, ended, interrupted or aborted, found "done"',
          'functions\\[0\\]\\.name: expected a label of at most 64 characters without a slash, found "\\.\\./one"',
          'functions\\[0\\]\\.expected: expected pass, inconclusive, fail or null, found "good"',
          "functions\\[0\\]\\.peers: expected a list of peers, each with name, host and port, found \\[\\{\\}\\]",
          'profile\\.settleMs: expected a length of time in milliseconds, found "soon"',
          'profile\\.thresholds: expected a list of thresholds, such as harm\\.total == 0, found \\["harm"\\]',
          "profile\\.strangers: expected a list of strings, found 7\\.$",
        ].join("; "),
      ),
    },
  ]) {
    it(`is refused: ${title}`, () => {
      if (files !== null) mkdirSync(path());
      for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(path(), name), text);
      const { code, message: found } = codeOf(() => readRun(path()));
      expect(code).to.equal("usage");
      expect(found).to.match(message);
    });
  }
});
