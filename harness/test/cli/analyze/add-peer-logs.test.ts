/**
 * Tests to which runs a server's log can be added afterwards, and which part of the log counts. The logs of real servers are tested in
 * e2e/server-logs.test.ts.
 */
import { expect } from "chai";
import { addPeerLogs } from "../../../src/cli/analyze/add-peer-logs.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import type { RunSink, ScannedFunction, ScannedRun } from "../../../src/evidence/gather-run.ts";
import { runNotice, type RunNotice } from "../../../src/record/notices.ts";
import type { ServerLogFiles } from "../../../src/run/ports/server-log-files.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";

const record = (time: string): PeerLogRecord => ({
  time,
  event: "accepted",
  connection: 1,
  remote: "10.0.1.12:40112",
  hello: null,
});
const [DURING, AFTER] = ["2026-11-25T01:02:04.000Z", "2026-11-25T02:00:00.000Z"].map(record);
const UNREADABLE = { source: "db.log", lines: 2, example: "?" };
const NOTICE = runNotice("server-log-without-streams", { source: "db.log", server: "postgres" });
const LOGS: ServerLogFiles = {
  read: (_since, take) => {
    for (const one of [DURING, AFTER]) if (one !== undefined) take(one);
    return Promise.resolve({ unreadable: [UNREADABLE], notices: [NOTICE] });
  },
};

const ONE: ScannedFunction = {
  name: "one",
  functionArn: null,
  unreadable: [],
  has: { peerLog: false, linkLog: true },
};
const runOf = (functions: readonly ScannedFunction[], peers: readonly string[] = []): ScannedRun => ({
  manifest: manifestOf({
    functions: functions.map(({ name }) => ({
      ...{ name, functionName: name, expected: null, code: "own", codeSha256: null },
      peers: peers.map((peer) => ({ name: peer, host: "db", port: 1, capacity: 1, capacityGiven: false })),
    })),
  }),
  plan: null,
  applied: null,
  journalEnd: "2026-11-25T01:03:03.000Z",
  functions,
});

describe("a server's log that is given to analyze with a run", () => {
  const add = async (run: ScannedRun, ...names: readonly (string | null)[]) => {
    const [taken, notices]: [[string, PeerLogRecord][], RunNotice[]] = [[], []];
    const unused = (): never => expect.fail("only the peer log gets records");
    const peer = (name: string, one: PeerLogRecord): void => void taken.push([name, one]);
    const sink: RunSink = { peer, journal: unused, record: unused, link: unused };
    const added = await addPeerLogs(LOGS, new Set(names), (one) => void notices.push(one))(run, sink);
    return { taken, notices, functions: added.functions };
  };

  it("counts until the last event of the run's journal, and the unreadable lines of the log are reported", async () => {
    const added = await add(runOf([ONE]), null);
    expect(added).to.deep.equal({
      taken: [["one", DURING]],
      notices: [NOTICE],
      functions: [{ ...ONE, has: { peerLog: true, linkLog: true }, unreadable: [UNREADABLE] }],
    });
  });

  it("belongs to the named peer", async () => {
    expect((await add(runOf([ONE], ["db", "broker"]), "db")).taken).to.have.length(1);
  });

  for (const { title, run, name, says } of [
    {
      title: "that has the log of its peer",
      run: runOf([{ ...ONE, has: { peerLog: true, linkLog: true } }]),
      name: null,
      says: "--peer-log: this run already has the log of its peer.",
    },
    {
      title: "of two functions",
      run: runOf([ONE, { ...ONE, name: "two" }]),
      name: null,
      says: /^--peer-log: expected a run of one function/,
    },
    {
      title: "whose peers have names, if the log is given without a name",
      run: runOf([ONE], ["db", "broker"]),
      name: null,
      says: "--peer-log FILE: expected NAME=FILE with one of db, broker.",
    },
    {
      title: "whose peers have other names",
      run: runOf([ONE], ["db", "broker"]),
      name: "cache",
      says: "--peer-log cache=…: expected NAME=FILE with one of db, broker.",
    },
    {
      title: "whose peer has no name, if the log is given with a name",
      run: runOf([ONE]),
      name: "db",
      says: "--peer-log db=…: this run has one peer without a name. Expected --peer-log FILE.",
    },
  ])
    it(`is refused for a run ${title}`, async () => {
      const failed = await add(run, name).then(
        () => "not refused",
        (error: unknown) => (error as Error).message,
      );
      if (typeof says === "string") expect(failed).to.equal(says);
      else expect(failed).to.match(says);
    });
});
