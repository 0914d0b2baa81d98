import { expect } from "chai";
import { confirmSchedule } from "../../src/explore/confirm-schedule.ts";
import type { ScheduleStep } from "../../src/explore/schedule.ts";

const ofLength = (length: number): readonly ScheduleStep[] =>
  Array.from({ length }, () => ({ step: "initialise-ahead" }) as const);

/** `again` says for each length whether the schedules of this length break the function in their first and in their second replay. */
async function confirm(
  lengths: readonly number[],
  again: Readonly<Record<number, readonly boolean[]>>,
  completeDepth: number,
): Promise<readonly [length: number, confirmed: boolean, shortest: boolean] | null> {
  const breaking = lengths.map(ofLength);
  const times = new Map<number, number>();
  const found = await confirmSchedule(breaking, { completeDepth, breaking }, ({ length }) => {
    const time = times.get(length) ?? 0;
    times.set(length, time + 1);
    return Promise.resolve({ harmed: again[length]?.[time] ?? false });
  });
  return found === null ? null : [found.steps.length, found.confirmed, found.shortest];
}

describe("the breaking schedule that explore reports", () => {
  const always = [true, true];

  it("is the first breaking schedule if that schedule breaks the function every time", async () =>
    expect(await confirm([2, 3], { 2: always, 3: always }, 3)).to.deep.equal([2, true, true]));

  it("is not called the shortest if a shorter schedule broke the function, even if only once", async () =>
    expect([
      await confirm([2, 3], { 2: [true, false], 3: always }, 3),
      await confirm([2, 3], { 3: always }, 3),
    ]).to.deep.equal([
      [3, true, false],
      [3, true, false],
    ]));

  it("is called the shortest even if another schedule of the same length broke the function, but not every time", async () => {
    const breaking = [ofLength(2), ofLength(2)];
    let plays = 0;
    const found = await confirmSchedule(breaking, { completeDepth: 2, breaking }, () => {
      plays += 1;
      return Promise.resolve({ harmed: plays !== 2 });
    });
    expect([found?.steps === breaking[1], found?.confirmed, found?.shortest]).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it("is called the shortest only if all shorter schedules were played", async () =>
    expect(await confirm([4], { 4: always }, 2)).to.deep.equal([4, true, false]));

  it("is the first breaking schedule if none breaks the function every time, and null if there is none", async () =>
    expect([await confirm([2, 3], { 2: [false, true] }, 3), await confirm([], {}, 3)]).to.deep.equal([
      [2, false, true],
      null,
    ]));
});
