import { expect } from "chai";
import fc from "fast-check";
import { Readable } from "node:stream";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { LogSource } from "../../src/run/ports/log-source.ts";
import { LogCollector } from "../../src/run/log-collector.ts";
import { durationMs, epochMs } from "../../src/base/time.ts";
import { propertyCases } from "../support/test-all.ts";

const record = (id: number, timestamp: number): LogRecord => ({
  logGroup: "/aws/lambda/one",
  logStreamName: "2026/11/25/[$LATEST]a",
  timestamp,
  message: `line ${id}`,
  ingestionTime: timestamp,
  eventId: String(id),
});

/** A log group that has the events in `arrived`. An event that a test adds to `arrived` later has arrived late, as in CloudWatch. */
function source(arrived: readonly LogRecord[], pageLength = 2): LogSource {
  return {
    read: (_logGroup, from) => {
      const sorted = arrived
        .filter(({ timestamp }) => timestamp >= from)
        .sort((one, other) => one.timestamp - other.timestamp);
      const pages = Array.from({ length: Math.ceil(sorted.length / pageLength) }, (_, page) =>
        sorted.slice(page * pageLength, (page + 1) * pageLength),
      );
      return Readable.from(pages) as AsyncIterable<readonly LogRecord[]>;
    },
    close: () => undefined,
  };
}

const never = new AbortController().signal;

describe("LogCollector", () => {
  it("collects each event once, even if it arrives late", async () => {
    const arrived = [record(1, 1_000), record(3, 3_000)];
    const taken: string[] = [];
    const collector = new LogCollector({
      source: source(arrived),
      logGroup: "/aws/lambda/one",
      from: epochMs(500),
      overlap: durationMs(5_000),
      take: (records) => taken.push(...records.map(({ message }) => message)),
    });
    const found = [await collector.poll(never)];
    arrived.push(record(2, 2_000), record(4, 4_000));
    found.push(await collector.poll(never), await collector.poll(never));
    expect({ taken, found, through: collector.through, records: collector.records }).to.deep.equal({
      taken: ["line 1", "line 3", "line 2", "line 4"],
      found: [2, 2, 0],
      through: 4_000,
      records: 4,
    });
  });

  it("counts the events that it collected before the reading failed", async () => {
    const taken: string[] = [];
    const collector = new LogCollector({
      source: {
        async *read() {
          yield await Promise.resolve([record(1, 1_000)]);
          throw new Error("throttled");
        },
        close: () => undefined,
      },
      logGroup: "/aws/lambda/one",
      from: epochMs(500),
      overlap: durationMs(5_000),
      take: (records) => taken.push(...records.map(({ message }) => message)),
    });
    const failed = await collector.poll(never).then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
    expect({ failed, taken, records: collector.records }).to.deep.equal({
      failed: "throttled",
      taken: ["line 1"],
      records: 1,
    });
  });

  it("collects every event exactly once if all delays are shorter than the overlap (the time that each poll reads again)", async () => {
    const arrivals = fc.array(
      fc.record({ happened: fc.integer({ min: 0, max: 5_000 }), delay: fc.integer({ min: 0, max: 999 }) }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 50, max: 700 }), async (events, every) => {
        const taken: string[] = [];
        const arrived: LogRecord[] = [];
        const collector = new LogCollector({
          source: source(arrived, 3),
          logGroup: "/aws/lambda/one",
          from: epochMs(0),
          overlap: durationMs(1_000),
          take: (records) => taken.push(...records.map(({ eventId }) => eventId ?? "")),
        });
        const waiting = events.map(({ happened, delay }, id) => ({
          at: happened + delay,
          record: record(id, happened),
        }));
        for (let now = 0; now <= 7_000; now += every) {
          arrived.push(...waiting.filter(({ at }) => at <= now && at > now - every).map((one) => one.record));
          await collector.poll(never);
        }
        const all = waiting
          .filter(({ at }) => at <= 7_000 - (7_000 % every))
          .map((one) => one.record.eventId ?? "");
        expect([...taken].sort()).to.deep.equal(all.sort());
      }),
      propertyCases(60),
    );
  });
});
