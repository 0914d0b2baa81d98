/**
 * Puts measured gaps (times between two events of one kind) into a platform profile. Everything that is not measured keeps the value of the
 * base profile.
 */
import type { CalibratedRow, GapRow } from "../result/calibration.ts";
import { GAP_MS_LEAST, GAP_MS_MOST } from "./parse-platform-profile.ts";
import type { Gap, PlatformProfile, RecurringEvent } from "./platform-profile.ts";

interface CalibratedProfile {
  readonly profile: PlatformProfile;
  readonly rows: readonly CalibratedGap[];
}

interface CalibratedGap {
  readonly row: GapRow;
  /** Null if the profile has no such event. */
  readonly gap: Gap | null;
}

const ADDED = {
  retire: { action: "retire", selector: "most-recent-idle", ending: "fin" },
  "initialise-ahead": { action: "initialise-ahead" },
} as const;

export function calibrateProfile(
  base: PlatformProfile,
  gaps: readonly GapRow[],
  name: string,
): CalibratedProfile {
  const measured = new Map(gaps.flatMap((row) => (row.measured ? [[row.name, gapOf(row)]] : [])));
  const ofEvent = (event: RecurringEvent): Gap | undefined => {
    const row = rowOf(event);
    return row === null ? undefined : measured.get(row);
  };
  const kept = base.events
    .filter((event, index) => ofEvent(event) === undefined || firstOfRow(base.events, event) === index)
    .map((event): RecurringEvent => ({ ...event, ...ofEvent(event) }));
  const present = new Set(base.events.map(rowOf));
  const added = (["retire", "initialise-ahead"] as const).flatMap((row): readonly RecurringEvent[] => {
    const gap = measured.get(row);
    return gap === undefined || present.has(row) ? [] : [{ ...ADDED[row], ...gap }];
  });
  const profile = {
    ...base,
    name,
    aheadElsewhere: measured.get("ahead-elsewhere") ?? base.aheadElsewhere,
    events: [...kept, ...added],
  };
  return { profile, rows: gaps.map((row) => ({ row, gap: gapIn(profile, row.name) })) };
}

/**
 * Returns the index of the first event in the same row as this event. A row (CalibratedRow) is a kind of event that soaks can measure. If
 * the gap of a row is measured, only its first event is kept, because the gap covers all events of the row together.
 */
function firstOfRow(events: readonly RecurringEvent[], event: RecurringEvent): number {
  return events.findIndex((one) => rowOf(one) === rowOf(event));
}

/** Null if soaks do not measure this event. */
export function rowOf(event: RecurringEvent): CalibratedRow | null {
  if (event.action === "initialise-ahead") return "initialise-ahead";
  return event.action === "retire" && event.selector === "most-recent-idle" ? "retire" : null;
}

function gapIn({ aheadElsewhere, events }: PlatformProfile, name: CalibratedRow): Gap | null {
  if (name === "ahead-elsewhere") return aheadElsewhere;
  return events.find((event) => rowOf(event) === name) ?? null;
}

function gapOf({ leastMs, mostMs }: GapRow): Gap {
  const bounded = (value: number | null): number =>
    Math.round(Math.min(GAP_MS_MOST, Math.max(GAP_MS_LEAST, value ?? 0)));
  return { everyMs: [bounded(leastMs.value), bounded(mostMs.value)], everyIntervals: [0, 0] };
}
