import { expect } from "chai";
import fc from "fast-check";
import { EventIndex, type EventQuery, type IndexedEvent } from "../../../src/engine/log-store/event-index.ts";

const EVERYTHING = { from: 0, to: Number.MAX_SAFE_INTEGER, streams: null } as const;

function indexOf(events: readonly IndexedEvent[]): EventIndex {
  const index = new EventIndex();
  for (const event of events) index.add(event);
  return index;
}

/** Computes the expected answer of the index in a simple, slow way. */
function expected(
  events: readonly IndexedEvent[],
  { from, to, streams }: Omit<EventQuery, "limit">,
): IndexedEvent[] {
  return events
    .filter(
      ({ timestamp, stream }) =>
        timestamp >= from && timestamp <= to && (streams === null || streams.has(stream)),
    )
    .toSorted((a, b) => (a.timestamp === b.timestamp ? a.offset - b.offset : a.timestamp - b.timestamp));
}

const eventsArbitrary = fc
  .array(
    fc.record({
      timestamp: fc.oneof(fc.nat(50), fc.nat(4_000_000_000_000)),
      stream: fc.nat(3),
      length: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 200 },
  )
  .map((rows) => {
    let offset = 0;
    return rows.map((row): IndexedEvent => {
      const event = { ...row, offset };
      offset += row.length;
      return event;
    });
  });
const queryArbitrary = fc.record({
  from: fc.nat(60),
  to: fc.oneof(fc.nat(60), fc.constant(Number.MAX_SAFE_INTEGER)),
  streams: fc.option(fc.uniqueArray(fc.nat(3)).map((numbers) => new Set(numbers))),
});

describe("engine log store: the index of events", () => {
  for (const direction of ["forward", "backward"] as const) {
    it(`returns every event once and in order, read ${direction} in pages of any size`, () => {
      fc.assert(
        fc.property(
          eventsArbitrary,
          queryArbitrary,
          fc.integer({ min: 1, max: 40 }),
          (events, query, limit) => {
            const index = indexOf(events);
            const walked: IndexedEvent[] = [];
            let position: IndexedEvent | null = null;
            for (;;) {
              const page: IndexedEvent[] =
                direction === "forward"
                  ? index.after(position, { ...query, limit })
                  : index.before(position, { ...query, limit });
              if (page.length === 0) break;
              expect(page.length).to.be.at.most(limit);
              if (direction === "forward") walked.push(...page);
              else walked.unshift(...page);
              position = (direction === "forward" ? page.at(-1) : page[0]) ?? null;
            }
            expect(walked).to.deep.equal(expected(events, query));
          },
        ),
      );
    });
  }

  it("returns the right pages of many events whose times go back a little", () => {
    const events = Array.from({ length: 50_000 }, (_, number): IndexedEvent => ({
      timestamp: 1_000_000 + number * 10 - (number % 7) * 30,
      offset: number * 100,
      length: 100,
      stream: number % 5,
    }));
    const index = indexOf(events);
    const all = expected(events, EVERYTHING);
    expect(index.after(null, { ...EVERYTHING, limit: 10_000 })).to.deep.equal(all.slice(0, 10_000));
    expect(index.after(all[29_999] ?? null, { ...EVERYTHING, limit: 5 })).to.deep.equal(
      all.slice(30_000, 30_005),
    );
    expect(index.before(all[30_000] ?? null, { ...EVERYTHING, limit: 5 })).to.deep.equal(
      all.slice(29_995, 30_000),
    );
    expect(index.before(null, { ...EVERYTHING, streams: new Set([2]), limit: 3 })).to.deep.equal(
      expected(events, { ...EVERYTHING, streams: new Set([2]) }).slice(-3),
    );
  });
});
