import { expect } from "chai";
import type { Plan } from "../../../../src/record/plan-file.ts";
import { PlatformBlocks } from "../../../../src/engine/scheduling/plan/platform-blocks.ts";
import type { StartConductor } from "../../../../src/engine/scheduling/plan/conductor.ts";
import type { Clock } from "../../../../src/run/ports/clock.ts";
import { type DurationMs, epochMs, monotonicMs } from "../../../../src/base/time.ts";
import { fakeFleet } from "../../support/fake-fleet.ts";

const HOUR = 3_600_000;

/** A clock that moves only when the test moves it. It then wakes the sleepers that are due. */
function handClock(): Clock & { move(length: number): Promise<void> } {
  let now = 1_000_000;
  const sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  return {
    now: () => epochMs(now),
    monotonic: () => monotonicMs(now),
    sleep: (length: DurationMs, signal?: AbortSignal) =>
      new Promise((resolve) => {
        sleepers.push({ due: now + length, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
    move: async (length) => {
      now += length;
      for (const sleeper of sleepers.filter(({ due }) => due <= now)) sleeper.wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe("engine: the platform of serve", () => {
  it("draws one plan per hour for all functions, also for a function that is added later", async () => {
    const clock = handClock();
    const started: string[] = [];
    const startConductor: StartConductor = ({ plan, functions, startAt }) => {
      const say = (what: string): void =>
        void started.push(
          `${what} ${functions.join()} block ${plan.seed} at ${startAt - 1_000_000} entries ${plan.entries.map(({ offsetMs }) => offsetMs).join()}`,
        );
      say("start");
      let end = (): void => undefined;
      const done = new Promise<void>((resolve) => (end = resolve));
      return {
        done,
        stop: () => {
          say("stop");
          end();
          return done;
        },
      };
    };
    const draw = (block: number, durationMs: number): Plan => ({
      schemaVersion: 1,
      profile: "p",
      seed: block,
      durationMs,
      intervalMs: 1_000,
      placement: "most-recent",
      entries: [
        { action: "initialise-ahead", offsetMs: 10_000 },
        { action: "initialise-ahead", offsetMs: 20_000 },
      ],
    });
    const problems: string[] = [];
    const blocks = new PlatformBlocks({
      draw,
      fleet: fakeFleet(),
      clock,
      startConductor,
      update: () => Promise.resolve(),
      report: (problem) => problems.push(problem),
    });
    blocks.add("a");
    blocks.add("a");
    await clock.move(15_000);
    blocks.add("b");
    await clock.move(HOUR - 15_000);
    await blocks.remove("a");
    await clock.move(HOUR);
    await blocks.close();
    blocks.add("c");
    expect(started).to.deep.equal([
      "start a block 0 at 0 entries 10000,20000",
      "start b block 0 at 0 entries 20000",
      `start a block 1 at ${HOUR} entries 10000,20000`,
      "stop a block 0 at 0 entries 10000,20000",
      `start b block 1 at ${HOUR} entries 10000,20000`,
      "stop b block 0 at 0 entries 20000",
      `stop a block 1 at ${HOUR} entries 10000,20000`,
      `start b block 2 at ${2 * HOUR} entries 10000,20000`,
      `stop b block 1 at ${HOUR} entries 10000,20000`,
      `stop b block 2 at ${2 * HOUR} entries 10000,20000`,
    ]);
    expect(problems).to.deep.equal([]);
  });
});
