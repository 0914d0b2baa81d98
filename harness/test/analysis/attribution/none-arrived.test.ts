import { expect } from "chai";
import { noneArrived } from "../../../src/analysis/attribution/none-arrived.ts";
import { partial } from "../partial.ts";

/** The invocation timed out at 200. The clocks can differ by 10 ms, and the peer's log has no line about clients that wait. */
describe("noneArrived, at a device with one place", () => {
  const arrived = (
    acceptedAt: number | null,
    endedAt: number | null,
    attempt: object = { environment: { id: "other" }, boot: { number: 1 } },
  ) => {
    const connection = { firstAt: -10_000, acceptedAt, endedAt, attempt, refusedAt: null, queuedAt: null };
    const peer = {
      ...{ numbered: true, missingLines: 0, lastTime: 10_000, ofServer: false },
      ...{ connections: [connection], accepted: [connection] },
    };
    const history = {
      ...{ peer, links: null, driver: null, orderToleranceMs: 10, capacity: { places: 1 } },
      settings: { clockToleranceMs: 10 },
    };
    const invocation = {
      environment: { id: "e" },
      boot: { number: 1 },
      start: 100,
      end: 200,
      reset: "timeout",
    };
    return noneArrived(partial(history), partial(invocation));
  };

  for (const [title, acceptedAt, endedAt, expected] of [
    ["ended before the time-out", 0, 190, true],
    ["ended perhaps after it", 0, 191, false],
    ["did not end", 0, null, false],
    ["began after it", 210, null, true],
    ["began perhaps before it", 209, null, false],
    ["never began", null, null, true],
  ] as const)
    it(`returns ${expected} if the only connection ${title}`, () => {
      expect(arrived(acceptedAt, endedAt)).to.equal(expected);
    });

  for (const [title, id, number, expected] of [
    ["the next process of the environment", "e", 2, true],
    ["the same process", "e", 1, false],
    ["another environment", "other", 2, false],
  ] as const)
    it(`returns ${expected} if ${title} held the place`, () => {
      expect(arrived(0, null, { environment: { id }, boot: { number } })).to.equal(expected);
    });
});
