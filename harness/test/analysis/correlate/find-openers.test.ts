import { expect } from "chai";
import { durationMs } from "../../../src/base/time.ts";
import { OpenerFinder, type BootConnection } from "../../../src/analysis/correlate/find-openers.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../../../src/analysis/timeline/environment.ts";
import { partial } from "../partial.ts";

interface Place {
  readonly lines: number;
  readonly init: { readonly start: number; readonly end: number } | null;
  readonly invocation: { readonly start: number; readonly end: number } | null;
  readonly at: number;
}

describe("OpenerFinder", () => {
  /** Each environment has a connection that only the peer logged, at the time `at` of the peer's log. */
  function finderFor(places: readonly Place[]) {
    const started = new Map<ObservedEnvironment, ObservedInvocation[]>();
    const all = places.map(({ lines, init, invocation, at }) => {
      const environment = partial<ObservedEnvironment>({ boots: [{ lines: 0 }, { lines }], init });
      started.set(environment, invocation === null ? [] : [partial({ ...invocation, initFailed: null })]);
      return partial<BootConnection>({
        boot: { environment, number: 1 },
        connection: { firstAt: at, attempt: null, queuedAt: null },
        phase: null,
      });
    });
    const finder = new OpenerFinder(all, started, {
      toleranceMs: durationMs(1_000),
      cutMs: durationMs(0),
      logCutMs: durationMs(0),
    });
    return {
      ahead: all.map(({ boot }) => finder.ahead(boot.environment)),
      openers: all.map((one) => finder.openersOf(one)),
      started: [...started.values()],
    };
  }

  it("bounds the clock of all environments without lifecycle lines together, and that of the others alone", () => {
    const narrow = { init: { start: 0, end: 1 }, invocation: { start: 10_000, end: 10_000 }, at: 10_000 };
    const wide = { init: { start: 0, end: 1 }, invocation: { start: 9_500, end: 10_000 }, at: 9_900 };
    const { ahead } = finderFor([
      { ...narrow, lines: 0 },
      { ...wide, lines: 0 },
      { ...wide, lines: 1 },
    ]);
    expect(ahead).to.deep.equal([
      { from: -20, to: 2 },
      { from: -20, to: 2 },
      { from: -120, to: 402 },
    ]);
  });

  it("finds the invocation or the Init in which a connection was opened, or neither", () => {
    const init = { start: 0, end: 500 };
    const invocation = { start: 60_000, end: 60_500 };
    const found = [100, 60_100, 30_000].map((at) => finderFor([{ lines: 1, init, invocation, at }]));
    expect(found.map(({ openers: [one] }) => one)).to.deep.equal([
      { invocations: [], inInit: true },
      { invocations: found[1]?.started[0], inInit: false },
      { invocations: [], inInit: false },
    ]);
  });
});
