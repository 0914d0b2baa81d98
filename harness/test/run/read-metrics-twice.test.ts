import { expect } from "chai";
import type { MetricPoint } from "../../src/record/function-metrics.ts";
import { readMetricsTwice } from "../../src/run/read-metrics-twice.ts";
import { durationMs } from "../../src/base/time.ts";
import { VirtualClock } from "./virtual-clock.ts";

const FROM = Date.parse("2026-11-25T00:00:00.000Z");
const RANGE = { from: FROM, to: FROM + 3_600_000 };

/** Calls readMetricsTwice with a source that returns the elements of `counts` in order, and after them always the last element. */
async function read(counts: readonly number[], stopAfterMs = Infinity) {
  const clock = new VirtualClock();
  const stop = new AbortController();
  let asked = 0;
  const source = {
    read: (): Promise<readonly MetricPoint[]> => {
      const invocations = counts[Math.min(asked, counts.length - 1)] ?? 0;
      asked += 1;
      return Promise.resolve([{ time: "2026-11-25T00:10:00.000Z", invocations, errors: null }]);
    },
    close: () => undefined,
  };
  const request = { source, clock, signal: stop.signal, functionName: "own", range: RANGE };
  const work = readMetricsTwice({ ...request, again: durationMs(5_000), times: 4 });
  if (stopAfterMs < Infinity) void clock.sleep(stopAfterMs).then(() => stop.abort());
  const readings = await clock.run(work);
  return readings.map(({ readAt, points }) => [readAt?.slice(17, 19), points[0]?.invocations]);
}

describe("readMetricsTwice", () => {
  it("reads only twice if both readings are the same", async () => {
    expect(await read([7])).to.deep.equal([
      ["03", 7],
      ["08", 7],
    ]);
  });

  it("reads again until two readings are the same, and returns these two", async () => {
    expect(await read([5, 6, 7, 7])).to.deep.equal([
      ["13", 7],
      ["18", 7],
    ]);
  });

  it("gives up after the fourth reading, and returns the last two readings, which differ", async () => {
    expect(await read([1, 2, 3, 4, 5])).to.deep.equal([
      ["13", 3],
      ["18", 4],
    ]);
  });

  it("ends when it is stopped", async () => {
    expect(await read([7], 1_000)).to.deep.equal([["03", 7]]);
  });
});
