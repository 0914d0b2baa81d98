/** Tests that the log of MariaDB's plugin server_audit is read, also as Aurora writes it. */
import { expect } from "chai";
import { readLines, recordTexts } from "./read-lines.ts";

const LOG = (time: string): string =>
  [
    `${time},host,fn,10.0.1.12,31,0,CONNECT,app,,0`,
    `${time},host,fn,10.0.1.12,31,5,QUERY,app,'select ''a, b''',0`,
    `${time},host,fn,10.0.1.13,32,0,FAILED_CONNECT,app,,1226`,
    `${time},host,fn,10.0.1.13,32,0,DISCONNECT,app,,0`,
    `${time},host,eve,10.0.1.14,33,0,FAILED_CONNECT,,,1045`,
    `${time},host,,,0,0,DISCONNECT,,,0`,
    `${time},host,fn,10.0.1.12,31,0,DISCONNECT,app,,0`,
  ].join("\n");

/** From a MariaDB 10.11.19 on Debian: a TCP connection without a login, then a client that is served, and a client above the account's limit of 1. */
const REAL = `20261126 10:29:24,vm,root,localhost,5,0,DISCONNECT,,,0
20261126 10:29:28,vm,,localhost,6,0,FAILED_CONNECT,,,1158
20261126 10:29:28,vm,,localhost,6,0,DISCONNECT,,,0
20261126 10:29:37,vm,fn,localhost,8,0,CONNECT,app,,0
20261126 10:29:37,vm,fn,localhost,9,0,FAILED_CONNECT,,,1226
20261126 10:29:37,vm,fn,localhost,9,0,DISCONNECT,,,0
20261126 10:29:42,vm,fn,localhost,8,0,DISCONNECT,app,,0`;

describe("the log of server_audit", () => {
  it("does not show a client as refused if it left before its login", () => {
    const read = readLines(REAL, { zone: 0 });
    expect(recordTexts(read).map((line) => line.slice(13))).to.deep.equal([
      "closed 1",
      "accepted 2 fn",
      "refused 3 fn user",
      "closed 2 fn",
    ]);
    expect(read.lost).to.deep.equal([]);
  });

  for (const { form, time, resolutionMs } of [
    { form: "whole seconds in local time", time: "20261126 10:07:40", resolutionMs: 1_000 },
    { form: "Aurora's microseconds", time: "1795684060000000", resolutionMs: 1 },
  ])
    it(`shows which connections were accepted, refused and closed, with ${form}`, () => {
      const read = readLines(LOG(time), { zone: 60 });
      expect(recordTexts(read).map((line) => line.slice(13))).to.deep.equal([
        "accepted 1 fn",
        "refused 2 fn user",
        "closed 3",
        "refused 4 server",
        "closed 1 fn",
      ]);
      expect(read.records[0]?.server).to.include({ session: "31", user: "fn", resolutionMs });
      expect(read.lost).to.deep.equal([]);
    });
});
