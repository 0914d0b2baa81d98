import { expect } from "chai";
import { closeUnderWay } from "../../../src/analysis/attribution/close-under-way.ts";
import type { Attempt, WholeOwner } from "../../../src/analysis/timeline/environment.ts";

/** One environment whose handler opens a connection in each invocation. The first goodbye comes 2 ms after the second START. */
function attempts(): readonly Attempt<WholeOwner>[] {
  const boot = { attempts: [] as unknown[] };
  const environment = {
    keptInvocations: [
      { start: 1_000, end: 1_100, boot, reset: null },
      { start: 9_000, end: 9_100, boot, reset: null },
    ],
  };
  const made = [0, 1].map((index) => {
    const invocation = environment.keptInvocations[index];
    const openedAt = (invocation?.start ?? 0) + 10;
    const link = {
      openedAt,
      goodbyeAt: index === 0 ? 9_002 : 9_050,
      functionEndedAt: null,
      goodbye: true,
      protocol: "redis",
    };
    return { boot, environment, invocation, link, time: openedAt, disconnect: null };
  });
  boot.attempts.push(...made);
  // The other members of an attempt are not read, and would hide the few that matter here.
  // eslint-disable-next-line no-restricted-syntax
  return made as unknown as readonly Attempt<WholeOwner>[];
}

describe("closeUnderWay", () => {
  it("says how late the goodbye was after the end of the invocation and after the thaw", () => {
    const [first] = attempts();
    expect(first === undefined ? null : closeUnderWay(first, 1_100)).to.deep.equal({
      missedByMs: 7_902,
      afterThawMs: 2,
    });
  });

  it("does not look at the earlier attempts of the process, so that a long run is judged in linear time", () => {
    const [first] = attempts();
    if (first === undefined) throw new Error("no attempt");
    const earlier = Array.from({ length: 10 }, (_, index) => ({
      time: index,
      get link(): never {
        throw new Error(`the attempt of ${index} ms was examined`);
      },
    }));
    // eslint-disable-next-line no-restricted-syntax
    first.boot.attempts.unshift(...(earlier as unknown as Attempt<WholeOwner>[]));
    expect(closeUnderWay(first, 1_100)).to.deep.equal({ missedByMs: 7_902, afterThawMs: 2 });
  });
});
