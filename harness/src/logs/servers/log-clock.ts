/** Reads the times of a server's log, which are often local times. Without a known zone a time is unknown: a guess could be wrong by hours. */
import { epochMs, type EpochMs } from "../../base/time.ts";

export interface ShownTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** An offset in minutes, or the name of a zone in the IANA database. */
export type LogZone = number | string;

/** Returns null if the text names no zone. */
export function parseLogZone(text: string): LogZone | null {
  const offset = offsetOf(text);
  if (offset !== null) return offset;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: text });
    return text;
  } catch {
    return null;
  }
}

export class LogClock {
  /** The zone that the first line with an unknown zone names; empty if this line names none. Null if there was no such line. */
  unknownZone: string | null = null;
  readonly #zone: LogZone | null;
  readonly #near: EpochMs | null;
  readonly #offsets = new Map<number, number>();
  #last = -Infinity;

  /**
   * `zone` is for lines without a zone or with an ambiguous one. `near` is a time of the other evidence; it decides the year of times without
   * a year.
   */
  constructor(zone: LogZone | null, near: EpochMs | null) {
    this.#zone = zone;
    this.#near = near;
  }

  /** `shownZone` is the zone in the line, or null. Returns null if the time or its zone is unknown. */
  instant(time: ShownTime, shownZone: string | null): EpochMs | null {
    const utc = asUtc(time);
    if (utc === null) return null;
    const known = shownZone === null ? null : offsetOf(shownZone);
    const zone = known ?? this.#zone;
    if (zone === null) {
      this.unknownZone ??= shownZone ?? "";
      return null;
    }
    const instant = typeof zone === "number" ? utc - zone * MINUTE_MS : this.#inZone(utc, zone);
    this.#last = Math.max(this.#last, instant);
    return epochMs(instant);
  }

  /** Returns the year in which a time without a year is nearest to `near`. Null if `near` is not known. */
  yearOf(time: Omit<ShownTime, "year">): number | null {
    if (this.#near === null) return null;
    const near = this.#near;
    const year = new Date(near).getUTCFullYear();
    const distance = (one: number): number =>
      Math.abs(Date.UTC(one, time.month - 1, time.day, time.hour) - near);
    return [year - 1, year, year + 1].sort((a, b) => distance(a) - distance(b))[0] ?? null;
  }

  /**
   * When the local time is set back, as at the end of summer time, the same local time occurs twice. Then returns the first of these
   * instants that is not more than `BACK_MS` before earlier lines of the log.
   */
  #inZone(utc: number, zone: string): number {
    const candidates = [...new Set([-DAY_MS, DAY_MS].map((shift) => this.#offsetAt(utc + shift, zone)))]
      .map((offset) => ({ instant: utc - offset, offset }))
      .filter(({ instant, offset }) => this.#offsetAt(instant, zone) === offset)
      .map(({ instant }) => instant)
      .sort((a, b) => a - b);
    const [first] = candidates;
    if (first === undefined) return utc - this.#offsetAt(utc, zone);
    return candidates.find((instant) => instant >= this.#last - BACK_MS) ?? candidates.at(-1) ?? first;
  }

  #offsetAt(instant: number, zone: string): number {
    const quarter = Math.floor(instant / QUARTER_MS);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = zoneOffset(quarter * QUARTER_MS, zone);
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

const MINUTE_MS = 60_000;
/** Offsets are computed once for each quarter of an hour, because they change only at quarters. */
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Lines of several processes can be this much out of order. */
const BACK_MS = 10 * MINUTE_MS;

/** Returns null for a time that does not exist, for example 30 February or 12:00:75: `Date.UTC` alone would turn it into another time. */
function asUtc({ year, month, day, hour, minute, second, millisecond }: ShownTime): number | null {
  const value = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const back = new Date(value);
  const same =
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second;
  return Number.isNaN(value) || !same ? null : value;
}

function zoneOffset(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - instant;
}

/** Returns the offset in minutes of `Z`, `+02`, `+0200`, `+02:00` or an abbreviation that means only one offset; null for any other text. */
function offsetOf(text: string): number | null {
  if (text === "Z") return 0;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    return match[1] === "-" ? -minutes : minutes;
  }
  const hours = ABBREVIATIONS.get(text);
  return hours === undefined ? null : hours * 60;
}

/** Offsets from UTC in hours. Abbreviations that mean several zones, such as CST, IST and PST, are left out. */
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ UTC: 0, GMT: 0, WET: 0, WEST: 1, BST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, MSK: 3 },
    ...{ EST: -5, EDT: -4, MST: -7, MDT: -6, PDT: -7, AKST: -9, AKDT: -8, HST: -10 },
    ...{ JST: 9, KST: 9, HKT: 8, AEST: 10, AEDT: 11, AWST: 8, NZST: 12, NZDT: 13 },
    ...{ SAST: 2, EAT: 3, CAT: 2, WAT: 1, PKT: 5 },
  }),
);
