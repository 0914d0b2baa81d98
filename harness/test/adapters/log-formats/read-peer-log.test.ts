/** Tests how a server's log is read: in every file format, and several files as one log. A log that shows little has a notice. */
import { expect } from "chai";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { unpacked } from "../../../src/adapters/log-formats/log-source-bytes.ts";
import { readPeerLog } from "../../../src/adapters/log-formats/read-peer-log.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { noticeSentence } from "../../../src/report/wording/notice-sentence.ts";
import { parseIsoTime, type EpochMs } from "../../../src/base/time.ts";

const NAME = "2026/11/25/[$LATEST]010f7d718598ba7513a74a53d4869abf";

/** One connection from `from` to `to`, in minutes after 10:00. */
function connection(pid: number, from: number, to: number | null, zone = "UTC"): string {
  const at = (minute: number): string =>
    `2026-11-25 10:${String(minute).padStart(2, "0")}:00.000 ${zone} [${pid}] fn@app`;
  const lines = [`${at(from)} LOG:  connection authorized: user=fn database=app application_name=${NAME}`];
  if (to !== null)
    lines.push(
      `${at(to)} LOG:  disconnection: session time: 0:0${to - from}:00.000 user=fn database=app host=h port=1`,
    );
  return `${lines.join("\n")}\n`;
}

async function read(
  contents: readonly (string | Uint8Array)[],
  {
    zone = null,
    since = null,
    until = null,
  }: { readonly zone?: string | null; readonly since?: string | null; readonly until?: string | null } = {},
) {
  const records: PeerLogRecord[] = [];
  const files = contents.map((content, index) => ({
    source: `file-${index}`,
    open: () => unpacked(Readable.from([Buffer.from(content)])),
  }));
  const instant = (text: string | null): EpochMs | null => (text === null ? null : parseIsoTime(text));
  const options = { zone, since: instant(since), until: instant(until) };
  const taken = await readPeerLog(files, options, (record) => records.push(record));
  const summary = records.map(
    ({ time, event, connection }) => `${time.slice(11, 16)} ${event} ${connection}`,
  );
  return { ...taken, notices: taken.notices.map((one) => noticeSentence(one)), summary, records };
}

async function refusal(contents: readonly string[]): Promise<string> {
  try {
    await read(contents);
  } catch (error) {
    if (error instanceof LongrunError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  return "nothing was refused";
}

describe("the log of a peer in files", () => {
  const ONE = ["10:01 accepted 1", "10:03 closed 1"];

  it("can be compressed, have Windows' line ends, or be the messages of an exported log group", async () => {
    const text = connection(7, 1, 3);
    const events = text
      .trim()
      .split("\n")
      .map((message, index) => ({
        logStreamName: "db",
        timestamp: 1_795_000_000_000 + index,
        message,
        eventId: String(index),
      }));
    for (const content of [text, gzipSync(text), text.replaceAll("\n", "\r\n"), JSON.stringify({ events })])
      expect((await read([content])).summary).to.deep.equal(ONE);
  });

  it("can be several files of one server, in any order, and a connection can span them", async () => {
    const [opened = "", closed = ""] = connection(7, 1, 3).split("\n");
    const later = `${closed}\n${connection(8, 4, 5)}`;
    const both = [...ONE, "10:04 accepted 2", "10:05 closed 2"];
    expect((await read([opened, later])).summary).to.deep.equal(both);
    expect((await read([later, gzipSync(opened)])).summary).to.deep.equal(both);
  });

  it("can be several files around the hour that comes twice when the clocks are set back", async () => {
    const entry = (time: string, pid: number): string =>
      `20261025 ${time},db,fn,host,${pid},0,CONNECT,app,,0\n`;
    const before = `${entry("01:50:00", 1)}${entry("02:40:00", 2)}`;
    const after = `${entry("02:05:00", 3)}${entry("03:20:00", 4)}`;
    const summary = ["23:50 accepted 1", "00:40 accepted 2", "01:05 accepted 3", "02:20 accepted 4"];
    for (const files of [
      [before, after],
      [after, before],
    ])
      expect((await read(files, { zone: "Europe/Berlin" })).summary).to.deep.equal(summary);
  });

  it("is read from the beginning of the other evidence on, with the connections that were open then", async () => {
    const text = [connection(1, 1, 2), connection(2, 1, null), connection(3, 3, 9), connection(4, 7, 8)].join(
      "",
    );
    const inOrder = text.trim().split("\n").sort().join("\n");
    expect((await read([inOrder], { since: "2026-11-25T10:05:00Z" })).summary).to.deep.equal([
      "10:01 accepted 1",
      "10:03 accepted 2",
      "10:07 accepted 3",
      "10:08 closed 3",
      "10:09 closed 2",
    ]);
  });

  it("is read without its broken lines, which are counted", async () => {
    const { summary, unreadable } = await read([`${connection(7, 1, 3)}2026-11\u0000 broken\n`]);
    expect([summary, unreadable]).to.deep.equal([
      ONE,
      [{ source: "file-0", lines: 1, example: "2026-11· broken" }],
    ]);
  });

  it("is refused if its time zone is ambiguous and the user gives none", async () => {
    expect(await refusal([connection(7, 1, 3, "CST")])).to.equal(
      "file-0: expected times with a zone, found the zone CST, which is ambiguous. Give the server's time zone: --peer-log-zone Europe/Berlin, +02:00 or UTC.",
    );
    expect((await read([connection(7, 1, 3, "CST")], { zone: "+08:00" })).summary[0]).to.equal(
      "02:01 accepted 1",
    );
  });

  it("of JSON lines has its times in the zone of the line, else in the given zone, else in UTC", async () => {
    const line = (time: string): string => JSON.stringify({ time, event: "accepted", connection: 1 });
    const hour = async (time: string, zone: string | null): Promise<string> =>
      (await read([line(time)], { zone })).records.map((record) => String(parseIsoTime(record.time))).join();
    const utc = String(Date.UTC(2026, 10, 25, 10, 0, 0, 250));
    for (const [time, zone] of [
      ["2026-11-25T10:00:00.250Z", "Europe/Berlin"],
      ["2026-11-25T11:00:00.250+01:00", "UTC"],
      ["2026-11-25T11:00:00.250", "Europe/Berlin"],
      ["2026-11-25 04:00:00.250", "-06:00"],
      ["2026-11-25T10:00:00.250", null],
    ] as const)
      expect(await hour(time, zone), time).to.equal(utc);
  });

  it("has a notice if none of its lines is from the time of the other evidence, for example because its times are in another zone", async () => {
    const json = `${JSON.stringify({ time: "2026-11-25T10:01:00Z", event: "refused", connection: 1 })}\n`;
    const [early, late] = ["2026-11-25T09:00:00Z", "2026-11-25T11:00:00Z"];
    for (const text of [connection(7, 1, 3), json]) {
      const notices = async (since: string, until: string | null): Promise<readonly string[]> =>
        (await read([text], { since, until })).notices;
      expect(await notices(early, late)).to.deep.equal([]);
      for (const [since, until, evidence] of [
        [early, "2026-11-25T09:30:00Z", "2026-11-25T09:00:00.000Z to 2026-11-25T09:30:00.000Z"],
        [late, null, "from 2026-11-25T11:00:00.000Z on"],
      ] as const)
        expect((await notices(since, until)).join("\n"))
          .to.include(`no line about a connection is from the time of the other evidence (${evidence});`)
          .and.to.include("from 2026-11-25T10:01:00.000Z to 2026-11-25T10:0")
          .and.to.include("--peer-log-zone");
    }
  });

  it("has a notice if it names no environment, and the notice says what to do", async () => {
    const notice = async (text: string): Promise<string> => (await read([text])).notices.join(" ");
    expect(await notice("1:M 25 Nov 2026 01:02:03.456 - Accepted 127.0.0.1:40001\n")).to.match(
      /^file-0: Redis does not log which connections it served, so this log shows nothing\. .*CLIENT SETNAME/,
    );
    expect(await notice("2026-11-25 10:00:00.000 UTC [7] fn@app ERROR:  no\n")).to.match(
      /no line about a connection\. Set log_connections = on/,
    );
    expect(await notice(connection(7, 1, 3).replaceAll(` application_name=${NAME}`, ""))).to.match(
      /no client in this log of Postgres has a name that contains a log stream.*application_name/,
    );
    expect(await notice(connection(7, 1, 3))).to.equal("");
  });

  it("has a notice if no client's name fits a log stream, and the notice names no logging setting that is already on", async () => {
    const notice = async (text: string): Promise<string> => (await read([text])).notices.join(" ");
    const mosquitto = (id: string): string =>
      `2026-11-25T10:00:01+0000: New client connected from 10.0.0.1:40001 as ${id} (p2, c1, k60).\n`;
    const named =
      /no client in this log of \S+( or MariaDB \(server_audit\))? has a name that contains a log stream/;
    for (const text of [
      connection(7, 1, 3).replaceAll(NAME, "node"),
      mosquitto("boiler-17"),
      "20261125 10:00:01,host,fn,10.0.0.1,31,0,CONNECT,app,,0\n",
    ]) {
      const found = (await read([text], { zone: "UTC" })).notices.join(" ");
      expect(found)
        .to.match(named)
        .and.to.not.match(/log_type|log_connections|server_audit_logging/);
    }
    for (const name of [NAME, NAME.slice(-23), NAME.slice(-16), NAME.slice(0, 30)])
      expect(await notice(mosquitto(name))).to.equal("");
    expect(await notice(mosquitto(NAME.slice(-7)))).to.match(named);
  });

  it("has a notice about the expected formats if it is empty, and is refused if it has none of these formats", async () => {
    const expected =
      /Expected one JSON object a line: .*; or the log of Postgres, .* or another machine \(--peer-log-pattern\)\. How to switch each of them on: docs\/servers\.md#switching-a-log-on\.$/;
    for (const contents of [[""], ["\n \n"], ["", ""]]) {
      const { summary, unreadable, notices } = await read(contents);
      expect([summary, unreadable, notices.length]).to.deep.equal([[], [], 1]);
      expect(notices[0])
        .to.match(/^file-0(, file-1)?: this log of the peer is empty, so it shows nothing\. /)
        .and.to.match(expected);
    }
    expect((await read(["", connection(7, 1, 3)])).notices).to.deep.equal([]);
    expect(await refusal(["the pump is on\nthe pump is off\n"]))
      .to.match(/^file-0: expected the peer's log, found 'the pump is on'\. /)
      .and.to.match(expected);
  });
});
