/** Tests that Mosquitto's log is read in each format of its times, and that the end of an evicted connection is recorded only once. */
import { expect } from "chai";
import { readLines, recordTexts } from "./read-lines.ts";

const LOG = (time: (second: number) => string): string =>
  [
    `${time(0)}: mosquitto version 2.0.11 starting`,
    `${time(0)}: mosquitto version 2.0.11 running`,
    `${time(1)}: New connection from 127.0.0.1:40001 on port 1883.`,
    `${time(1)}: New client connected from 127.0.0.1:40001 as fn-1 (p2, c1, k60).`,
    `${time(2)}: Client connection from 127.0.0.1 denied: max_connections exceeded.`,
    `${time(3)}: New connection from 127.0.0.1:40003 on port 1883.`,
    `${time(3)}: Client fn-1 already connected, closing old connection.`,
    `${time(3)}: New client connected from 127.0.0.1:40003 as fn-1 (p5, c1, k60, u'gateway').`,
    `${time(5)}: Client fn-1 has exceeded timeout, disconnecting.`,
    `${time(6)}: Sending PINGRESP to fn-9`,
    `${time(7)}: Client fn-9 disconnected.`,
  ].join("\n");
const EXPECTED = [
  "ready",
  "accepted 1 fn-1",
  "refused 2 server",
  "evicted 1 fn-1",
  "accepted 3 fn-1",
  "idle-timeout 3 fn-1",
];

/** From Mosquitto 2.0.11 on Debian: a TCP connection without an MQTT message, and two clients with one client id. */
const REAL = `2026-11-26T10:30:32+0000: Warning: Mosquitto should not be run as root/administrator.
2026-11-26T10:30:32+0000: mosquitto version 2.0.11 starting
2026-11-26T10:30:32+0000: Config loaded from /etc/mosquitto/mosquitto.conf.
2026-11-26T10:30:32+0000: Opening ipv4 listen socket on port 1883.
2026-11-26T10:30:32+0000: mosquitto version 2.0.11 running
2026-11-26T10:30:36+0000: New connection from 127.0.0.1:55734 on port 1883.
2026-11-26T10:30:36+0000: Client <unknown> closed its connection.
2026-11-26T10:30:45+0000: New connection from 127.0.0.1:59772 on port 1883.
2026-11-26T10:30:45+0000: New client connected from 127.0.0.1:59772 as boiler-reader (p2, c1, k60).
2026-11-26T10:30:45+0000: No will message specified.
2026-11-26T10:30:45+0000: Sending CONNACK to boiler-reader (0, 0)
2026-11-26T10:30:45+0000: New connection from 127.0.0.1:59788 on port 1883.
2026-11-26T10:30:45+0000: Client boiler-reader already connected, closing old connection.
2026-11-26T10:30:45+0000: New client connected from 127.0.0.1:59788 as boiler-reader (p2, c1, k60).
2026-11-26T10:30:58+0000: Client boiler-reader closed its connection.
2026-11-26T10:30:58+0000: mosquitto version 2.0.11 terminating`;

describe("Mosquitto's log", () => {
  it("is read as a real broker writes it", () => {
    const read = readLines(REAL);
    expect([recordTexts(read).map((line) => line.slice(13)), read.lost]).to.deep.equal([
      [
        "ready",
        "accepted 1 boiler-reader",
        "evicted 1 boiler-reader",
        "accepted 2 boiler-reader",
        "closed 2 boiler-reader",
      ],
      [],
    ]);
  });

  for (const { form, time, zone } of [
    { form: "seconds since 1970", time: (n: number) => String(1_795_000_000 + n), zone: null },
    { form: "local time with a zone", time: (n: number) => `2026-11-18T14:26:4${n}+0100`, zone: null },
    { form: "local time", time: (n: number) => `2026-11-18T14:26:4${n}`, zone: 60 },
  ])
    it(`shows which connections were accepted, refused and evicted if its times are in ${form}`, () => {
      const read = readLines(LOG(time), { zone });
      expect(recordTexts(read).map((line) => line.slice(13))).to.deep.equal(EXPECTED);
      expect(read.records.map(({ server }) => server?.resolutionMs)).to.deep.equal(EXPECTED.map(() => 1_000));
      expect([read.records[0]?.time.slice(0, 11), read.lost]).to.deep.equal(["2026-11-18T", []]);
    });

  it("is not read if its times have no zone and the user gives none", () => {
    const read = readLines(LOG((n) => `2026-11-18T14:26:4${n}`));
    expect([read.records, read.lost.length]).to.deep.equal([[], 11]);
  });
});
