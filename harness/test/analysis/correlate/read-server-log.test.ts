import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import type { PeerLogRecord } from "../../../src/record/peer-log.ts";
import { readServerLog } from "../../../src/analysis/correlate/read-server-log.ts";
import type { LinkConnection } from "../../../src/analysis/timeline/environment.ts";

const time = (ms: number): string => new Date(ms).toISOString();
const line = (ms: number, event: PeerLogRecord["event"], connection: number): PeerLogRecord => ({
  time: time(ms),
  event,
  connection,
  remote: `127.0.0.1:${connection}`,
  hello: null,
});
const link = (port: number, openedAt: number, closedAt: number): LinkConnection =>
  ({ openedAt, closedAt, upstreamLocal: `127.0.0.1:${port}` }) as LinkConnection;

const shown = (records: readonly PeerLogRecord[], links: readonly LinkConnection[]) =>
  readServerLog(records, {
    environments: [],
    links: new Map([["e", links]]),
    local: true,
    strangers: [],
    single: true,
    until: epochMs(10_000),
  })?.map(({ event, connection, time: at }) => `${event} ${String(connection)} ${Date.parse(at)}`);

describe("readServerLog", () => {
  it("does not use a log of whole seconds from the function's own machine", () => {
    const server = { client: null, user: null, database: null, limit: null, session: null };
    for (const [resolutionMs, local, used] of [
      [1_000, true, false],
      [1_000, false, true],
      [1, true, true],
    ] as const) {
      const records = [{ ...line(1_000, "accepted", 1), server: { ...server, resolutionMs } }];
      const options = { environments: [], strangers: [], single: true, until: epochMs(10_000) };
      expect(readServerLog(records, { ...options, links: null, local }) !== null).to.equal(used);
    }
  });

  it("ends a connection at the server's FIN, even if the server logged the end a little earlier", () => {
    const records = [line(1_000, "accepted", 1), line(2_000, "closed", 1), line(2_050, "refused", 2)];
    expect(shown(records, [link(1, 1_000, 2_100)])).to.deep.equal([
      "accepted 1 1000",
      "refused 2 2050",
      "closed 1 2100",
    ]);
  });

  it("ends a connection at the latest when the next client is accepted", () => {
    const records = [line(1_000, "accepted", 1), line(2_000, "closed", 1), line(2_050, "accepted", 2)];
    expect(shown(records, [link(1, 1_000, 2_100)])).to.deep.equal([
      "accepted 1 1000",
      "closed 1 2050",
      "accepted 2 2050",
    ]);
  });

  it("keeps the server's time of an end that does not fit the link's times", () => {
    const records = [line(1_000, "accepted", 1), line(2_000, "closed", 1)];
    for (const other of [link(1, 2_010, 2_100), link(1, 1_000, 3_500)])
      expect(shown(records, [other])).to.deep.equal(["accepted 1 1000", "closed 1 2000"]);
  });

  it("gives a client the place from its connect on, even if the server logs the client only after the login", () => {
    const records = [line(1_100, "refused", 1), line(1_300, "accepted", 2), line(2_000, "closed", 2)];
    expect(shown(records, [link(2, 1_000, 2_000)])).to.deep.equal([
      "accepted 2 1000",
      "refused 1 1100",
      "closed 2 2000",
    ]);
  });

  it("gives a waiting client the place when the previous connection ends", () => {
    const records = [line(900, "accepted", 1), line(1_100, "closed", 1), line(1_300, "accepted", 2)];
    expect(shown(records, [link(2, 1_050, 2_000)])).to.deep.equal([
      "accepted 1 900",
      "closed 1 1100",
      "accepted 2 1100",
    ]);
  });

  it("if a client did not get the place when it connected, keeps the time at which the server accepted it", () => {
    const both = [line(900, "accepted", 1), line(1_300, "accepted", 2)];
    expect(shown(both, [link(2, 1_050, 2_000)])).to.deep.equal(["accepted 1 900", "accepted 2 1300"]);
    for (const ended of [
      link(1, 1_000, 1_200),
      { ...link(1, 1_000, 2_000), functionEndedAt: epochMs(1_200) },
    ])
      expect(shown([line(1_300, "accepted", 1)], [ended])).to.deep.equal(["accepted 1 1300"]);
  });

  it("numbers the connections again if no number is missing, so that a later gap shows a lost line", () => {
    const numbered = (...connections: readonly number[]) =>
      shown(
        connections.map((connection, index) => line(1_000 + index, "refused", connection)),
        [],
      );
    expect(numbered(5, 6, 7)).to.deep.equal(["refused 1 1000", "refused 2 1001", "refused 3 1002"]);
    expect(numbered(5, 7)).to.deep.equal(["refused 5 1000", "refused 7 1001"]);
  });
});
