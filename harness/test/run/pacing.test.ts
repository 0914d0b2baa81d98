import { expect } from "chai";
import fc from "fast-check";
import { instantsIn, pace, paceLanes } from "../../src/run/pacing.ts";
import { durationMs, monotonicMs } from "../../src/base/time.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { propertyCases } from "../support/test-all.ts";

interface Seen {
  readonly n: number;
  readonly what: "invoked" | "skipped";
  readonly at: number;
}

interface Drive {
  readonly latencies: readonly number[];
  readonly interval: number;
  readonly last: number;
  readonly stopAt?: number;
}

async function drive({ latencies, interval, last, stopAt }: Drive): Promise<readonly Seen[]> {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const seen: Seen[] = [];
  if (stopAt !== undefined) void clock.sleep(stopAt).then(() => stop.abort());
  const pacing = pace({
    clock,
    start: monotonicMs(0),
    interval: durationMs(interval),
    first: 1,
    last,
    stop: stop.signal,
    invoke: async ({ n }) => {
      seen.push({ n, what: "invoked", at: clock.monotonic() });
      await clock.sleep(latencies[(n - 1) % latencies.length] ?? 0);
    },
    skip: ({ n }) => {
      seen.push({ n, what: "skipped", at: clock.monotonic() });
    },
  });
  await clock.run(pacing);
  return seen;
}

describe("pace", () => {
  it("invokes at start + n × interval, from n = 1, without drift", async () => {
    expect(await drive({ latencies: [7], interval: 100, last: 4 })).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "invoked", at: 200 },
      { n: 3, what: "invoked", at: 300 },
      { n: 4, what: "invoked", at: 400 },
    ]);
  });

  it("skips the due times that pass while an invocation is in flight, and does not move the other due times", async () => {
    expect(await drive({ latencies: [250, 10, 10, 10, 10], interval: 100, last: 5 })).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "skipped", at: 350 },
      { n: 3, what: "skipped", at: 350 },
      { n: 4, what: "invoked", at: 400 },
      { n: 5, what: "invoked", at: 500 },
    ]);
  });

  it("invokes if the next time is due exactly at the end of an invocation", async () => {
    expect(await drive({ latencies: [100], interval: 100, last: 3 })).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "invoked", at: 200 },
      { n: 3, what: "invoked", at: 300 },
    ]);
  });

  it("begins no invocation after a stop, and skips the due times until the invocation in flight has ended", async () => {
    expect(await drive({ latencies: [10, 250], interval: 100, last: 9, stopAt: 210 })).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "invoked", at: 200 },
      { n: 3, what: "skipped", at: 450 },
      { n: 4, what: "skipped", at: 450 },
    ]);
  });

  it("invokes or skips every due time exactly once, in order and never early", async () => {
    const drives = fc.record({
      latencies: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 }),
      interval: fc.integer({ min: 1, max: 200 }),
      last: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(drives, async (given) => {
        const seen = await drive(given);
        expect(seen.map(({ n }) => n)).to.deep.equal(
          Array.from({ length: given.last }, (_, index) => index + 1),
        );
        let free = 0;
        for (const { n, what, at } of seen) {
          const due = n * given.interval;
          if (what === "skipped") expect(free).to.be.greaterThan(due);
          else {
            expect(at).to.equal(due);
            expect(at).to.be.at.least(free);
            free = at + (given.latencies[(n - 1) % given.latencies.length] ?? 0);
          }
        }
      }),
      propertyCases(60),
    );
  });
});

describe("paceLanes", () => {
  async function driveLanes(
    latencies: Readonly<Record<number, number>>,
    stopAt: number | null,
  ): Promise<readonly Seen[]> {
    const clock = new VirtualClock();
    const stop = new AbortController();
    const seen: Seen[] = [];
    if (stopAt !== null) void clock.sleep(stopAt).then(() => stop.abort());
    const pacing = paceLanes({
      lanes: 2,
      clock,
      start: monotonicMs(0),
      interval: durationMs(100),
      first: 1,
      last: 4,
      stop: stop.signal,
      invoke: async ({ n }) => {
        seen.push({ n, what: "invoked", at: clock.monotonic() });
        await clock.sleep(latencies[n] ?? 10);
      },
      skip: ({ n }) => {
        seen.push({ n, what: "skipped", at: clock.monotonic() });
      },
    });
    await clock.run(pacing);
    return seen;
  }

  it("begins an invocation in each lane at every due time, and skips due times only in the lane that is late", async () => {
    expect(await driveLanes({ 2: 150 }, null)).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "invoked", at: 100 },
      { n: 3, what: "invoked", at: 200 },
      { n: 4, what: "skipped", at: 250 },
      { n: 5, what: "invoked", at: 300 },
      { n: 6, what: "invoked", at: 300 },
      { n: 7, what: "invoked", at: 400 },
      { n: 8, what: "invoked", at: 400 },
    ]);
  });

  it("after a stop, skips due times in every lane until the last invocation in flight has ended", async () => {
    expect(await driveLanes({ 2: 250 }, 250)).to.deep.equal([
      { n: 1, what: "invoked", at: 100 },
      { n: 2, what: "invoked", at: 100 },
      { n: 3, what: "invoked", at: 200 },
      { n: 4, what: "skipped", at: 350 },
      { n: 6, what: "skipped", at: 350 },
      { n: 5, what: "skipped", at: 350 },
    ]);
  });
});

describe("instantsIn", () => {
  for (const { length, interval, instants } of [
    { length: 60_000, interval: 1_000, instants: 60 },
    { length: 59_999, interval: 1_000, instants: 59 },
    { length: 1_000, interval: 1_000, instants: 1 },
  ]) {
    it(`counts ${instants} due times in ${length} ms with an interval of ${interval} ms`, () => {
      expect(instantsIn(durationMs(length), durationMs(interval))).to.equal(instants);
    });
  }
});
