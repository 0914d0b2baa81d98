import { expect } from "chai";
import fc from "fast-check";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { PeerLine, PeerLogRecord } from "../../src/record/peer-log.ts";
import { peerLine, peerLogCollector } from "../../src/run/peer-log-collector.ts";
import { durationMs, epochMs } from "../../src/base/time.ts";

const TIME = "2026-11-25T01:02:03.000Z";
const at = Date.parse(TIME);
const record = (message: string, eventId: string | null = "e1", timestamp = at): LogRecord => ({
  logGroup: "/peer",
  logStreamName: "peer/peer/1",
  timestamp,
  message,
  ingestionTime: null,
  eventId,
});
const line = {
  time: TIME,
  event: "accepted" as const,
  connection: 7,
  remote: "10.0.1.12:40112",
  hello: null,
  extra: 1,
};

describe("peerLine", () => {
  it("returns a line of the peer unchanged, with CloudWatch's event id", () => {
    expect(peerLine(record(JSON.stringify(line)))).to.deep.equal({ ...line, eventId: "e1" });
  });

  for (const [title, message] of [
    ["a line of text", "(node:1) Warning: something"],
    ["a line that is cut off", '{"time":"2026-11-25T01:02:03.000Z","event":"acc'],
    ["an event that the peer does not write", JSON.stringify({ ...line, event: "started" })],
    ["an invalid time", JSON.stringify({ ...line, time: "soon" })],
    ["a list", "[]"],
  ] as const) {
    it(`returns null for ${title}`, () => {
      expect(peerLine(record(message))).to.equal(null);
    });
  }

  it("never throws, whatever the message is", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (message) => void peerLine(record(message))));
  });
});

describe("collecting a managed peer's log", () => {
  const collect = async (known: readonly PeerLogRecord[], records: readonly LogRecord[]) => {
    const taken: PeerLine[] = [];
    const asked: number[] = [];
    const collector = peerLogCollector({
      source: {
        read: (_group, from) => {
          asked.push(from);
          return (async function* () {
            yield records.filter(({ timestamp }) => timestamp >= from);
          })();
        },
        close: () => undefined,
      },
      logGroup: "/peer",
      from: epochMs(at - 1_000),
      overlap: durationMs(5_000),
      known,
      take: (one) => taken.push(one),
    });
    await collector.poll(new AbortController().signal);
    await collector.poll(new AbortController().signal);
    return { taken: taken.map(({ eventId }) => eventId), asked };
  };

  it("returns each line once, and skips other events", async () => {
    const records = [
      record(JSON.stringify(line), "a"),
      record("noise", "b", at + 1),
      record(JSON.stringify({ ...line, event: "closed" }), "c", at + 2),
    ];
    expect((await collect([], records)).taken).to.deep.equal(["a", "c"]);
  });

  it("does not return the lines that a resumed run already has", async () => {
    const records = [
      record(JSON.stringify(line), "a"),
      record(JSON.stringify({ ...line, event: "closed" }), "c", at + 2),
    ];
    const { taken, asked } = await collect([{ ...line, eventId: "a" }], records);
    expect({ taken, first: asked[0] }).to.deep.equal({ taken: ["c"], first: at - 1_000 });
  });
});
