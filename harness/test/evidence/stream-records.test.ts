import { expect } from "chai";
import fc from "fast-check";
import { FileRowStore } from "../../src/adapters/storage/file-row-store.ts";
import { RecordStore } from "../../src/evidence/record-store.ts";
import { StreamRecords } from "../../src/evidence/stream-records.ts";
import { streamEvent } from "../../src/logs/stream-event.ts";

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** The messages of an environment that serves invocations. */
function messages(invocations: number): readonly string[] {
  let sequence = 0;
  const line = (event: string, phase: string, requestId: string | null, more: object): string => {
    sequence += 1;
    return JSON.stringify({ longrun: 1, event, bootId: "boot", phase, requestId, sequence, ...more });
  };
  return [
    line("boot", "init", null, {}),
    ...Array.from({ length: invocations }, (_, index) => id(index)).flatMap((requestId) => [
      `START RequestId: ${requestId} Version: $LATEST`,
      line("connect", "invoke", requestId, { connection: sequence, peer: "db:1", outcome: "accepted" }),
      line("disconnect", "invoke", requestId, { connection: sequence - 1 }),
      `END RequestId: ${requestId}`,
      `REPORT RequestId: ${requestId}\tDuration: 5.25 ms\tBilled Duration: 6 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t`,
    ]),
  ];
}

/**
 * Returns what is known about a stream. If `rests` is true for the place of an event, the stream rests before this event: what is in memory is
 * moved to the store.
 */
function known(times: readonly number[], rests: (place: number) => boolean): object {
  const rows = new FileRowStore();
  const store = new RecordStore(rows);
  const records = new StreamRecords(store, { watch: true, reachMs: 10 });
  for (const [place, message] of messages(4).entries()) {
    if (rests(place)) records.rest();
    const about = { timestamp: times[place] ?? 0, ingestionTime: null, eventId: null, message };
    records.add({ event: streamEvent(about, (text) => text), order: place });
  }
  records.finish();
  if (rests(0)) records.rest();
  const { births, boots, attempts, starts, disordered, lifecycleLines } = records;
  const result = {
    ...{ births, boots, attempts, starts, disordered, lifecycleLines, bounds: records.oddTimes.bounds },
    rows: records.rows().map((row) => [store.kind(row), store.start(row), store.events(row)]),
  };
  rows.close();
  return structuredClone(result);
}

describe("the records of a log stream", () => {
  it("are the same, whether or not they are moved from memory to the store between events", () => {
    const places = messages(4).length;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 30 }), { minLength: places, maxLength: places }),
        fc.array(fc.boolean(), { minLength: places, maxLength: places }),
        fc.boolean(),
        (steps, rests, disorders) => {
          let time = 1_000;
          const times = steps.map((step) => (time += disorders ? step : Math.max(0, step)));
          expect(known(times, (place) => rests[place] === true)).to.deep.equal(known(times, () => false));
        },
      ),
      { numRuns: 100, seed: 20261127 },
    );
  });
});
