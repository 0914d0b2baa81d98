import { expect } from "chai";
import fc from "fast-check";
import { SpilledTexts } from "../../src/adapters/storage/spilled-texts.ts";
import { type OrderedEvent, StreamRecords } from "../../src/evidence/stream-records.ts";
import { streamEvent } from "../../src/logs/stream-event.ts";

const event = (order: number, timestamp: number, text: string, eventId: string | null): OrderedEvent => {
  const message = `START RequestId: ${text} Version: $LATEST`;
  return { order, event: streamEvent({ timestamp, ingestionTime: null, eventId, message }, (one) => one) };
};

describe("the records of a log stream", () => {
  it("are read back as they came, with whether they were in order and each came once", () => {
    const events = fc.array(
      fc.record({ step: fc.integer({ min: -1, max: 3 }), text: fc.nat({ max: 5 }), hasId: fc.boolean() }),
      { maxLength: 100 },
    );
    fc.assert(
      fc.property(events, fc.boolean(), (steps, ascending) => {
        const store = new SpilledTexts();
        const records = new StreamRecords(store);
        let time = 1_000;
        const all = steps.map(({ step, text, hasId }, order) => {
          time += ascending ? Math.max(0, step) : step;
          return event(order, time, `${text}`, hasId ? `${text}` : null);
        });
        for (const one of all) records.add(one);
        expect([...records.events()]).to.deep.equal(all);
        const times = all.map((one) => one.event.timestamp);
        const keys = all.map((one) => `${one.event.timestamp} ${one.event.identity}`);
        const isAscending = times.every((one, index) => one >= (times[index - 1] ?? 0));
        if (!isAscending || new Set(keys).size < keys.length) expect(records.inOrder).to.equal(false);
        else if (steps.every(({ hasId }) => !hasId)) expect(records.inOrder).to.equal(true);
        store.close();
      }),
      { numRuns: 200, seed: 20261202 },
    );
  });
});
