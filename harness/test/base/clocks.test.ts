import { expect } from "chai";
import {
  after,
  ALWAYS,
  between,
  earlier,
  earlierBy,
  later,
  momentBy,
  NEVER,
  onAxis,
  spanOnAxis,
  widened,
  type Moment,
} from "../../src/base/clocks.ts";
import { durationMs, epochMs, type DurationMs, type EpochMs } from "../../src/base/time.ts";

describe("moments by different clocks", () => {
  const [peer, driver, own] = [momentBy("peer", 1_500), momentBy("driver", 1_000), epochMs(1_200)];
  const length = durationMs(300);

  it("do not compile if they are compared without a common axis", () => {
    // @ts-expect-error: two clocks
    expect(peer < driver).to.equal(false);
    // @ts-expect-error: the peer's clock and the functions' clock
    expect(peer < own).to.equal(false);
    // @ts-expect-error: two clocks
    expect(peer === driver).to.equal(false);
    // @ts-expect-error: two clocks
    expect(between(driver, peer)).to.equal(500);
    // @ts-expect-error: two clocks
    expect(later(peer, own)).to.equal(1_500);
    // @ts-expect-error: no arithmetic before the moment is on the axis
    expect(peer - own).to.equal(300);
    expect([onAxis(peer) < own, onAxis(driver) < own]).to.deep.equal([false, true]);
  });

  it("do not compile as lengths, and lengths do not compile as moments", () => {
    const isOpenAt = (time: EpochMs): boolean => time > own;
    const isLong = (ms: DurationMs): boolean => ms > length;
    // @ts-expect-error: a length is no moment
    expect(isOpenAt(length)).to.equal(false);
    // @ts-expect-error: a moment is no length
    expect(isLong(own)).to.equal(true);
    // @ts-expect-error: the sum of two moments is nothing
    expect(after(own, own)).to.equal(2_400);
    // @ts-expect-error: a moment of the peer is not on the axis
    expect(isOpenAt(peer)).to.equal(true);
    // @ts-expect-error: nobody said what this number is
    expect(isOpenAt(1_300)).to.equal(true);
    expect([isOpenAt(after(own, length)), isLong(between(own, onAxis(peer)))]).to.deep.equal([true, false]);
  });

  it("come to the common axis less what their clock is ahead; what is not there stays away", () => {
    expect([onAxis(peer, 300), onAxis(driver, -200), onAxis(null), onAxis(undefined)]).to.deep.equal([
      1_200,
      1_200,
      null,
      null,
    ]);
    expect(momentBy("peer", null)).to.equal(null);
    expect(spanOnAxis({ from: peer, to: after(peer, length) })).to.deep.equal({ from: 1_500, to: 1_800 });
    expect(widened({ from: own, to: own }, length)).to.deep.equal({ from: 900, to: 1_500 });
  });

  it("of one clock have an order, a length between them, and moments before and after all of them", () => {
    const next = after(peer, length);
    expect([between(peer, next), between(next, peer)]).to.deep.equal([300, -300]);
    expect([earlier(next, peer), later(peer, next), earlierBy(next, length)]).to.deep.equal([
      peer,
      next,
      peer,
    ]);
    const bounds: readonly Moment<"peer">[] = [ALWAYS, peer, NEVER];
    expect(bounds.reduce(later)).to.equal(NEVER);
    expect(bounds.reduce(earlier)).to.equal(ALWAYS);
  });
});
