import { expect } from "chai";
import { wasDisturbed } from "../../src/explore/was-disturbed.ts";
import type { PeerLogRecord } from "../../src/record/peer-log.ts";

const line = (members: object): string =>
  JSON.stringify({ longrun: 1, event: "connect", time: "2026-11-25T10:00:00.000Z", ...members });
const timedOut = line({ outcome: "timed-out" });
const record = (message: string) => ({
  logGroup: "g",
  logStreamName: "s",
  timestamp: 1,
  message,
  ingestionTime: null,
  eventId: null,
});
const queued = { event: "queued" } as PeerLogRecord;

describe("a play of a schedule in which an attempt to connect timed out", () => {
  for (const [title, message] of [
    ["in a line of its own", `${timedOut}\n`],
    ["after a console prefix", `2026-11-25T10:00:00.000Z\t8f5ac2c3-11\tINFO\t${timedOut}\n`],
    ["in a JSON log line", JSON.stringify({ level: "INFO", message: timedOut })],
  ] as const) {
    it(`was disturbed by load on the machine if the time-out is logged ${title}`, () =>
      expect(wasDisturbed([], [record(message)], [])).to.equal(true));
  }

  it("was not disturbed if the peer let the client wait", () =>
    expect(wasDisturbed([], [record(timedOut)], [queued])).to.equal(false));

  it("was not disturbed if the attempt waited for a lease", () => {
    const message = line({ outcome: "timed-out", leaseHolder: "2026/11/25/[$LATEST]00" });
    expect(wasDisturbed([], [record(message)], [])).to.equal(false);
  });

  it("was not disturbed if only a text of the application mentions a time-out", () =>
    expect(wasDisturbed([], [record('the device said {"outcome":"timed-out"}')], [])).to.equal(false));
});
