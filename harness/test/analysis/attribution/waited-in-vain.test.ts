import { expect } from "chai";
import { stillWaiting } from "../../../src/analysis/attribution/waited-in-vain.ts";
import { partial } from "../partial.ts";

/** An invocation from 100 on that failed. Its process had opened a connection before. */
describe("stillWaiting", () => {
  const waiting = { clock: "link", outcome: "timed-out", link: { openedAt: 50 }, time: 150 };
  const queued = (acceptedAt: number) => ({
    ...{ clock: "link", outcome: "accepted", link: { openedAt: 50 }, time: 60 },
    peer: { queuedAt: 51, acceptedAt },
  });
  const found = (attempts: readonly object[], end: number | null) =>
    stillWaiting(
      partial({ driver: null, metrics: null, startedAgain: new Map() }),
      partial({ boot: { attempts }, start: 100, end, handlerError: {}, initFailed: null, status: null }),
    );

  for (const end of [200, null])
    it(`is the connection that the link shows as waiting, if the invocation ${end === null ? "has no end" : "ended"}`, () => {
      expect(found([waiting], end)).to.equal(waiting);
    });

  it("is the connection that the peer took out of its queue only after the end", () => {
    const attempt = queued(201);
    expect(found([attempt], 200)).to.deep.equal({ ...attempt, outcome: "timed-out", time: 200 });
  });

  it("is none if the peer took the connection before the end, or if the end is unknown", () => {
    expect([found([queued(200)], 200), found([queued(201)], null), found([], 200)]).to.deep.equal([
      null,
      null,
      null,
    ]);
  });
});
