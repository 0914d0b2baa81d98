import { expect } from "chai";
import type { GapRow } from "../../src/result/calibration.ts";
import { BUILT_IN_PROFILES } from "../../src/platform/built-in-profiles.ts";
import { calibrateProfile } from "../../src/platform/calibrate-profile.ts";
import type { RecurringEvent } from "../../src/platform/platform-profile.ts";

const figure = (value: number) => ({ value, low: value, high: value });
const measured = (name: GapRow["name"]): GapRow => ({
  name,
  observed: 100,
  open: 0,
  quartilesMs: [figure(2_000), figure(3_000), figure(4_000)],
  leastMs: figure(1_000),
  mostMs: figure(5_000),
  measured: true,
});
const GAP = { everyMs: [1_000, 5_000], everyIntervals: [0, 0] } as const;
const OTHER = { everyMs: [500, 900], everyIntervals: [0, 0] } as const;
const retire = (
  selector: "most-recent-idle" | "oldest-idle",
  gap: RecurringEvent["everyMs"],
): RecurringEvent => ({
  action: "retire",
  selector,
  ending: "fin",
  everyMs: gap,
  everyIntervals: [0, 0],
});

// A gap is the time between two events of one kind. Soaks measure the gap of retirements with the selector most-recent-idle, but not of
// retirements with oldest-idle.
describe("calibrateProfile", () => {
  it("replaces two events that differ only in their gap by one event with the measured gap", () => {
    const events = [
      retire("most-recent-idle", OTHER.everyMs),
      retire("oldest-idle", OTHER.everyMs),
      retire("most-recent-idle", [700, 800]),
    ];
    const { profile } = calibrateProfile(
      { ...BUILT_IN_PROFILES.typical, events },
      [measured("retire")],
      "new",
    );
    expect(profile.events).to.deep.equal([
      retire("most-recent-idle", GAP.everyMs),
      retire("oldest-idle", OTHER.everyMs),
    ]);
  });

  it("keeps both events if their gap was not measured", () => {
    const events = [retire("most-recent-idle", OTHER.everyMs), retire("most-recent-idle", [700, 800])];
    const row = { ...measured("retire"), measured: false };
    expect(
      calibrateProfile({ ...BUILT_IN_PROFILES.typical, events }, [row], "new").profile.events,
    ).to.deep.equal(events);
  });
});
