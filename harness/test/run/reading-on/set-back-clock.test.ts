import { expect } from "chai";
import fc from "fast-check";
import { Readable } from "node:stream";
import type { JournalEvent, JournalEventBody } from "../../../src/record/journal.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import type { LogSource } from "../../../src/run/ports/log-source.ts";
import { LogCollector } from "../../../src/run/log-collector.ts";
import { readingOn } from "../../../src/run/reading-on.ts";
import { resumeReading } from "../../../src/run/resume-point.ts";
import { durationMs, epochMs, isoTime } from "../../../src/base/time.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
import { propertyCases } from "../../support/test-all.ts";

const never = new AbortController().signal;
const overlap = durationMs(1_000);
const BEGAN = epochMs(Date.parse("2026-11-26T17:00:00.000Z"));

/** The log of the local engine. Even if the clock is set back, each stream stays in order of time and ingestion times never decrease. */
class EngineLog implements LogSource {
  now = BEGAN as number;
  readonly records: LogRecord[] = [];
  readonly #newest = new Map<number, number>();
  #arrival = 0;

  write(stream: number): void {
    const timestamp = Math.max(this.now, this.#newest.get(stream) ?? 0);
    this.#newest.set(stream, timestamp);
    this.#arrival = Math.max(this.#arrival, this.now);
    const eventId = String(this.records.length);
    const place = { logGroup: "/aws/lambda/one", logStreamName: String(stream) };
    this.records.push({ ...place, timestamp, message: "", ingestionTime: this.#arrival, eventId });
  }

  read = (_logGroup: string, from: number): AsyncIterable<readonly LogRecord[]> => {
    const found = this.records.filter(({ timestamp }) => timestamp >= from);
    found.sort((one, other) => one.timestamp - other.timestamp);
    const pages = Array.from({ length: Math.ceil(found.length / 3) }, (_, page) =>
      found.slice(page * 3, (page + 1) * 3),
    );
    return Readable.from(pages) as AsyncIterable<readonly LogRecord[]>;
  };

  close = (): void => undefined;
}

/** A run directory in memory, and the process that reads the log into it. */
class Reading {
  readonly taken: LogRecord[] = [];
  readonly #journal: JournalEvent[] = [];
  readonly #log: EngineLog;
  #collector: LogCollector;

  constructor(log: EngineLog) {
    this.#log = log;
    this.#collector = this.#collect({ from: BEGAN, known: null });
    this.note({ event: "run-started", resumed: false });
  }

  note(body: JournalEventBody): void {
    const sequence = this.#journal.length + 1;
    this.#journal.push({ sequence, time: isoTime(epochMs(this.#log.now)), monotonicMs: sequence, ...body });
  }

  /** What the run does when it has noticed that the clock was set back. */
  lookBack(byMs: number): void {
    this.note({ event: "clock-changed", byMs: -byMs });
    this.#collector.lookBack(durationMs(byMs));
  }

  async poll(): Promise<void> {
    await this.#collector.poll(never);
  }

  noteRead(): void {
    const { records } = this.#collector;
    const through = isoTime(this.#collector.through);
    this.note({ event: "logs-read", function: "one", through, records });
  }

  /** The run is killed, and another process goes on with it. */
  resume(): void {
    const before = resumeReading(["one"], { overlapMs: overlap, inFlight: 1 });
    for (const event of this.#journal) before.journal(event);
    for (const record of this.taken) before.record("one", record);
    const resume = before.point([]);
    const one = resume.functions.get("one");
    if (one === undefined) throw new Error("the function is not in the point of resumption");
    const input = { manifest: manifestOf({ createdAt: isoTime(BEGAN) }), resume, logOverlap: overlap };
    const modified = epochMs(this.#log.now);
    this.#collector = this.#collect(readingOn(one, { input, modified, now: () => epochMs(this.#log.now) }));
    this.note({ event: "run-started", resumed: true });
  }

  #collect(where: ReturnType<typeof readingOn>): LogCollector {
    return new LogCollector({
      ...where,
      source: this.#log,
      logGroup: "/aws/lambda/one",
      overlap,
      now: () => epochMs(this.#log.now),
      take: (records) => this.taken.push(...records),
    });
  }
}

const inOrder = (records: readonly LogRecord[]): number[] =>
  records.map(({ eventId }) => Number(eventId)).sort((one, other) => one - other);

describe("reading the engine's log when the clock is set back", () => {
  it("takes every new event, and no earlier event again", async () => {
    const log = new EngineLog();
    const reading = new Reading(log);
    for (let n = 0; n < 10; n += 1) {
      log.write(1);
      await reading.poll();
      log.now += 500;
    }
    log.now -= 3_600_000;
    log.write(1);
    reading.lookBack(3_600_000);
    await reading.poll();
    for (let n = 0; n < 5; n += 1) {
      log.now += 500;
      log.write(2);
      await reading.poll();
    }
    expect(inOrder(reading.taken)).to.deep.equal(inOrder(log.records));
  });

  it("takes each event once, however often the clock is set back or the run is resumed", async () => {
    const steps = fc.array(
      fc.record({
        stream: fc.integer({ min: 0, max: 5 }),
        waitMs: fc.integer({ min: 1, max: 900 }),
        setBackMs: fc.option(fc.integer({ min: 1_000, max: 20_000 }), { freq: 6 }),
        noted: fc.boolean(),
        downMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const log = new EngineLog();
        const reading = new Reading(log);
        for (const { stream, waitMs, setBackMs, noted, downMs } of all) {
          log.now += waitMs;
          log.write(stream);
          if (setBackMs !== null) {
            log.now -= setBackMs;
            log.write(stream + 6);
            // A run that is killed at once does not notice that the clock was set back.
            if (downMs === null) reading.lookBack(setBackMs);
          }
          if (downMs !== null) {
            reading.note({
              event: "evidence-notice",
              function: null,
              code: "told",
              parameters: { text: "the last event of the killed run" },
            });
            log.now += downMs;
            reading.resume();
          }
          await reading.poll();
          if (noted) reading.noteRead();
        }
        expect(inOrder(reading.taken)).to.deep.equal(inOrder(log.records));
      }),
      propertyCases(200),
    );
  });
});
