/** Tests that Mosquitto's log is read with the times that it can have, and that an eviction is no other end. */
import { expect } from "chai";
import { readLines, told } from "./read-lines.ts";

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
const TOLD = [
  "ready",
  "accepted 1 fn-1",
  "refused 2 server",
  "evicted 1 fn-1",
  "accepted 3 fn-1",
  "idle-timeout 3 fn-1",
];

describe("Mosquitto's log", () => {
  for (const { form, time, zone } of [
    { form: "seconds since 1970", time: (n: number) => String(1_795_000_000 + n), zone: null },
    { form: "local time with a zone", time: (n: number) => `2026-11-18T14:26:4${n}+0100`, zone: null },
    { form: "local time", time: (n: number) => `2026-11-18T14:26:4${n}`, zone: 60 },
  ])
    it(`shows who was served, refused and evicted, with ${form}`, () => {
      const read = readLines(LOG(time), { zone });
      expect(told(read).map((line) => line.slice(13))).to.deep.equal(TOLD);
      expect(read.records.map(({ server }) => server?.resolutionMs)).to.deep.equal(TOLD.map(() => 1_000));
      expect([read.records[0]?.time.slice(0, 11), read.lost]).to.deep.equal(["2026-11-18T", []]);
    });

  it("has no times without a zone", () => {
    const read = readLines(LOG((n) => `2026-11-18T14:26:4${n}`));
    expect([read.records, read.lost.length]).to.deep.equal([[], 11]);
  });
});
