/** Tests that times are read in the right zone. If the zone in a line is ambiguous and the user gives no zone, the time is not used. */
import { expect } from "chai";
import { epochMs } from "../../../src/base/time.ts";
import { LogClock, parseLogZone } from "../../../src/logs/servers/log-clock.ts";

const at = (hour: number, { month = 11, day = 25, minute = 0, second = 0 } = {}) => ({
  ...{ year: 2026, month, day, hour, minute, second, millisecond: 0 },
});
const utc = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

describe("the times of a server's log", () => {
  it("are in the line's zone if the zone's name is unambiguous", () => {
    const clock = new LogClock(null, null);
    expect([utc(clock.instant(at(10), "CET")), utc(clock.instant(at(10), "-03"))]).to.deep.equal([
      "2026-11-25T09:00:00.000Z",
      "2026-11-25T13:00:00.000Z",
    ]);
    expect([clock.instant(at(10), "CST"), clock.unknownZone]).to.deep.equal([null, "CST"]);
  });

  it("are in the user's zone if the line has no zone or an ambiguous one", () => {
    const clock = new LogClock("America/Chicago", null);
    expect([
      utc(clock.instant(at(10), "CST")),
      utc(clock.instant(at(10), null)),
      utc(clock.instant(at(10), "UTC")),
    ]).to.deep.equal(["2026-11-25T16:00:00.000Z", "2026-11-25T16:00:00.000Z", "2026-11-25T10:00:00.000Z"]);
  });

  it("stay in order in the hour that comes twice when the clocks are set back", () => {
    const clock = new LogClock("Europe/Berlin", null);
    const times = [
      at(1, { month: 10, minute: 59 }),
      at(2, { month: 10, minute: 30 }),
      at(2, { month: 10, minute: 10 }),
      at(3, { month: 10 }),
    ];
    expect(times.map((time) => utc(clock.instant(time, null))?.slice(11, 16))).to.deep.equal([
      "23:59",
      "00:30",
      "01:10",
      "02:00",
    ]);
  });

  it("get the year that is nearest to the other evidence", () => {
    const clock = new LogClock(0, epochMs(Date.UTC(2027, 0, 1, 1)));
    expect([
      clock.yearOf(at(23, { month: 12, day: 31 })),
      clock.yearOf(at(1, { month: 1, day: 1 })),
    ]).to.deep.equal([2026, 2027]);
  });

  it("are refused if the date, the time of day or the zone does not exist", () => {
    const clock = new LogClock(0, null);
    expect([
      clock.instant(at(10, { month: 2, day: 30 }), null),
      clock.instant(at(24), null),
      clock.instant(at(12, { minute: 60 }), null),
      clock.instant(at(12, { second: 75 }), null),
      utc(clock.instant(at(12, { minute: 59, second: 59 }), null)),
    ]).to.deep.equal([null, null, null, null, "2026-11-25T12:59:59.000Z"]);
    expect([parseLogZone("+05:30"), parseLogZone("Europe/Berlin"), parseLogZone("Mars/Base")]).to.deep.equal([
      330,
      "Europe/Berlin",
      null,
    ]);
    expect(parseLogZone("constructor"), "a member that every object has").to.equal(null);
  });
});
