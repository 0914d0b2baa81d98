/** Tests that each kind of log is recognised by its lines. A kind that does not show which clients were served has no reader. */
import { expect } from "chai";
import { SERVER_LOG_KINDS, SERVERS_WITH_LOG, titleOfServerLog } from "../../../src/words/server-log-kinds.ts";
import { serverLogOf } from "../../../src/logs/servers/all-server-logs.ts";

const LINES = [
  ["1234:M 25 Nov 2026 01:02:03.456 - Accepted 127.0.0.1:40001", "redis", false],
  ["2026-11-26T10:07:40.123456Z\t   12 Connect\tfn@10.0.1.12 on app using TCP/IP", "mysql-plain", false],
  ["2026-11-26 10:07:40 31 [Warning] Aborted connection 31 to db: 'app' user: 'fn'", "mysql-plain", false],
  ["20261126 10:07:40,host,fn,10.0.1.12,31,0,CONNECT,app,,0", "mysql-audit", true],
  ["1795000000: mosquitto version 2.0.11 running", "mosquitto", true],
  ["2026-11-26 10:07:39.911 CET [13644] ERROR:  relation does not exist", "postgres", true],
  ["Nov 25 01:02:03 host sshd[1]: Server listening on 0.0.0.0 port 22.", "sshd", true],
] as const;

describe("the kind of a server's log", () => {
  for (const [line, kind, readable] of LINES)
    it(`is recognised: ${line.slice(0, 50)}`, () => {
      const log = serverLogOf(line);
      expect([log?.kind, log?.reader !== null]).to.deep.equal([kind, readable]);
    });

  it("is named in help and messages if, and only if, it has a reader", () => {
    expect([...new Set(LINES.map(([, kind]) => kind))]).to.have.members(
      // Only --peer-log-pattern says that a log is of this kind.
      SERVER_LOG_KINDS.filter((kind) => kind !== "pattern"),
    );
    for (const [, kind, readable] of LINES)
      expect(SERVERS_WITH_LOG.includes(titleOfServerLog(kind)), kind).to.equal(readable);
  });

  for (const line of [
    "",
    "START RequestId: 8f50 Version: $LATEST",
    '{"time":"2026-11-25T01:02:03.456Z","event":"accepted","connection":7,"remote":null,"hello":null}',
    "2026-11-26T10:07:39.911Z\t8f50\tINFO\tLOG: hello",
  ])
    it(`is unknown: ${line.slice(0, 40)}`, () => {
      expect(serverLogOf(line)).to.equal(null);
    });
});
