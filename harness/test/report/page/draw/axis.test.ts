/** Tests the labels of the axis with the time of day. */
import { expect } from "chai";
import { clockLabel } from "../../../../src/report/page/draw/axis.ts";

describe("clockLabel", () => {
  const instant = Date.parse("2026-11-25T01:02:03.456Z");
  for (const { title, step, withDay, label } of [
    { title: "the time of day", step: 1_000, withDay: false, label: "01:02:03" },
    { title: "milliseconds between close ticks", step: 500, withDay: false, label: "01:02:03.456" },
    { title: "the day if more than a day is visible", step: 3_600_000, withDay: true, label: "25 Nov 01:02" },
  ])
    it(`shows ${title}`, () => expect(clockLabel(instant, { step, withDay })).to.equal(label));
});
