/** Reading a log with skipped lines must give exactly the same result as reading all of its lines. */
import { expect } from "chai";
import fc from "fast-check";
import { log, START, STREAMS } from "./log-lines.ts";
import { readLog, type HowToRead } from "./read-both-ways.ts";
import { propertyCases } from "../../support/test-all.ts";

const how: fc.Arbitrary<HowToRead> = fc.record({
  pieces: fc.oneof(
    fc.constant([1 << 20]),
    fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 }),
  ),
  since: fc.constantFrom(-Infinity, -Infinity, START + 10),
  until: fc.constantFrom(Infinity, Infinity, START + 30),
  ahead: fc.boolean(),
});

describe("skipping lines that no judgement reads", () => {
  it("gives the same result as reading them, whatever the log contains and however it is divided into pieces", () => {
    fc.assert(
      fc.property(log, how, (bytes, way) => {
        expect({ ...readLog(bytes, true, way), passed: 0 }).to.deep.equal(readLog(bytes, false, way));
      }),
      { ...propertyCases(3_000), seed: 20261125 },
    );
  });

  it("never loses a platform event that follows a line that was cut off", () => {
    const line = (message: string): string =>
      JSON.stringify({
        logStreamName: STREAMS[0],
        timestamp: START,
        message,
        ingestionTime: START + 400,
        eventId: "39",
      });
    const own = line('{"timestamp":"2026-11-25T01:02:03.456Z","level":"INFO","message":"all well"}');
    const start = line("START RequestId: 11111111-1111-4111-8111-111111111111 Version: $LATEST");
    for (let length = 1; length < own.length; length += 1) {
      const bytes = Buffer.from(`${own}\n${own.slice(0, length)}${start}\n${own}\n`);
      const { said, unreadable, passed } = readLog(bytes, true);
      const { said: read, unreadable: lost } = readLog(bytes, false);
      expect({ said, unreadable }).to.deep.equal({ said: read, unreadable: lost });
      expect(unreadable.length, `torn after ${length} bytes`).to.be.greaterThan(0);
      expect(passed).to.be.greaterThan(0);
      // If the torn part is shorter than the beginning by which lines are recognised, the whole line is reported as unreadable.
      if (length > 12) expect(JSON.stringify(said)).to.contain("START RequestId");
    }
  });
});
