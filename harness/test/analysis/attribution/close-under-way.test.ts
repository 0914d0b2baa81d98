import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { closeUnderWay } from "../../../src/analysis/attribution/close-under-way.ts";
import type {
  Attempt,
  LinkConnection,
  ObservedBoot,
  ObservedEnvironment,
  ObservedInvocation,
} from "../../../src/analysis/timeline/environment.ts";

/** Makes an object that has only these members. The others are not read, and would hide the few that matter here. */
function partly<T extends object>(members: Partial<T>): T {
  return members as T;
}

/** One environment whose handler opens a connection in each invocation. The first goodbye comes 2 ms after the second START. */
function attempts(): readonly Attempt[] {
  const boot = partly<ObservedBoot>({ attempts: [] });
  const invocations = [1_000, 9_000].map((start) =>
    partly<ObservedInvocation>({ start: epochMs(start), end: epochMs(start + 100), boot, reset: null }),
  );
  const environment = partly<ObservedEnvironment>({ invocations: invocations });
  boot.attempts.push(
    ...invocations.map((invocation, index) => {
      const openedAt = epochMs((invocation.start ?? 0) + 10);
      const link = partly<LinkConnection>({
        openedAt,
        goodbyeAt: epochMs(index === 0 ? 9_002 : 9_050),
        functionEndedAt: null,
        goodbye: true,
        protocol: "redis",
      });
      return partly<Attempt>({
        ...{ boot, environment, invocation, link },
        ...{ time: openedAt, disconnect: null },
      });
    }),
  );
  return boot.attempts;
}

describe("closeUnderWay", () => {
  it("says how late the goodbye was after the end of the invocation and after the thaw", () => {
    const [first] = attempts();
    expect(first === undefined ? null : closeUnderWay(first, epochMs(1_100))).to.deep.equal({
      missedByMs: 7_902,
      afterThawMs: 2,
    });
  });

  it("does not look at the earlier attempts of the process, so that a long run is judged in linear time", () => {
    const [first] = attempts();
    if (first === undefined) throw new Error("no attempt");
    const earlier = Array.from({ length: 10 }, (_, index) =>
      partly<Attempt>({
        time: epochMs(index),
        get link(): never {
          throw new Error(`the attempt of ${index} ms was examined`);
        },
      }),
    );
    first.boot.attempts.unshift(...earlier);
    expect(closeUnderWay(first, epochMs(1_100))).to.deep.equal({ missedByMs: 7_902, afterThawMs: 2 });
  });
});
