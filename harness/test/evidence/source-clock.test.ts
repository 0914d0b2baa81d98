import { expect } from "chai";
import { epochMs } from "../../src/base/time.ts";
import { momentBy } from "../../src/base/clocks.ts";
import { SourceClock } from "../../src/evidence/source-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function clockOf(times: readonly number[], ownTimes: readonly (number | null)[] = []): SourceClock {
  const clock = new SourceClock();
  for (const [index, time] of times.entries()) {
    const ownTime = ownTimes[index] ?? null;
    clock.note(momentBy("source", time), ownTime === null ? null : epochMs(ownTime));
  }
  return clock;
}

describe("the times of a source", () => {
  for (const [title, times, resolutionMs] of [
    ["milliseconds", [1_000, 2_000, 3_000, 3_001], 1],
    ["whole seconds", [1_000, 2_000, 3_000, MINUTE], 1_000],
    ["whole minutes", [MINUTE, 2 * MINUTE, 3 * MINUTE, 3 * MINUTE], MINUTE],
    ["whole seconds by chance, in three lines", [1_000, 2_000, 3_000], 1],
    ["none", [], 1],
  ] as const)
    it(`have the step ${resolutionMs} ms if they are ${title}`, () => {
      expect(clockOf(times).resolutionMs).to.equal(resolutionMs);
    });

  for (const [title, ownTimes, zoneMs] of [
    ["the lines' own times are two hours later", [2 * HOUR, 2 * HOUR + 10], 2 * HOUR],
    ["the lines' own times are an hour earlier", [-HOUR, 10 - HOUR], -HOUR],
    ["the lines were written up to a minute later", [2 * HOUR - MINUTE, 2 * HOUR + 10], 2 * HOUR],
    ["one line's own time is far from the others", [2 * HOUR, 3 * HOUR], 0],
    ["no line has a time of its own", [null, null], 0],
  ] as const)
    it(`are in the zone ${zoneMs} if ${title}`, () => {
      expect(clockOf([0, 10], ownTimes).zoneMs).to.equal(zoneMs);
    });

  it("are newest first if most lines are earlier than the line before", () => {
    expect(
      [
        [3, 2, 2, 1],
        [1, 2, 2, 3],
        [2, 1, 2],
      ].map((times) => clockOf(times).newestFirst),
    ).to.deep.equal([true, false, false]);
  });
});
