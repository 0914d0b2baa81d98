/**
 * Time with its unit in the type. An `EpochMs` may be compared with a log's timestamp, a `MonotonicMs` only with another `MonotonicMs` of
 * the same process.
 */
declare const unit: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly [unit]: "EpochMs" };
/** Milliseconds of a clock that never goes back. Its zero has no meaning. */
export type MonotonicMs = number & { readonly [unit]: "MonotonicMs" };
/** A length of time in milliseconds. */
export type DurationMs = number & { readonly [unit]: "DurationMs" };
/** A `DurationMs`, or a number that was computed from such, but no moment. */
export type ComputedMs = number & { readonly [unit]?: "DurationMs" };

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const monotonicMs = (value: number): MonotonicMs => value as MonotonicMs;

export function durationMs(value: number): DurationMs;
export function durationMs(value: number | null): DurationMs | null;
export function durationMs(value: number | null): DurationMs | null {
  return value as DurationMs | null;
}

/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999;

const DAY_MS = 86_400_000;
const digits = (length: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(length, "0"));
const TWO_DIGITS = digits(2, 60);
const THREE_DIGITS = digits(3, 1_000);
/** The day of the last instant, and its text up to the `T`. Instants that follow each other are nearly always of one day. */
let lastDay = NaN;
let dayText = "";

/**
 * ISO 8601 in UTC with milliseconds. Log lines and tests need very many instants as text, so this function must be fast: it takes an eighth
 * of the time of `Date.toISOString`.
 */
export function isoTime(instant: EpochMs): string {
  const whole = Math.trunc(instant);
  if (!(whole >= 0 && whole <= LAST_MS)) return new Date(instant).toISOString();
  const day = Math.floor(whole / DAY_MS);
  if (day !== lastDay) {
    dayText = new Date(whole).toISOString().slice(0, "2026-11-25T".length);
    lastDay = day;
  }
  const ofDay = whole - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1_000);
  const minutes = Math.floor(seconds / 60);
  return `${dayText}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}.${THREE_DIGITS[ofDay % 1_000]}Z`;
}

/** From 1970 to 9999. Any other number in a file is damaged, and could not be written as a date. */
export function isInstant(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= LAST_MS;
}

const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** Whether the text is a date and a time of day, without a zone. */
export function isWithoutZone(text: string): boolean {
  return WITHOUT_ZONE.test(text);
}

/**
 * Null if the text is not an instant. A time without a zone is UTC, as Lambda's clock is: the zone of the machine that judges must not change
 * a verdict.
 */
export function parseIsoTime(text: string): EpochMs | null {
  const value = Date.parse(!text.endsWith("Z") && isWithoutZone(text) ? `${text}Z` : text);
  return isInstant(value) ? epochMs(value) : null;
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `15m`, `24h`, `250ms` or `2d`. Null for anything else. */
export function parseDuration(text: string): DurationMs | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (match === null) return null;
  const factor = DURATION_UNITS[match[2] ?? ""];
  // A decimal number times a factor can be inexact: 4231056.9 * 1000 is not an integer in floating point.
  return factor === undefined ? null : durationMs(Number((Number(match[1]) * factor).toPrecision(15)));
}

/** A form that `parseDuration` reads as the same length: `90s`, `1h`, `4.7s`, `1234ms`. It is not always the shortest: `60s`, not `1m`. */
export function formatDuration(length: DurationMs): string {
  for (const name of ["d", "h", "m", "s"] as const) {
    const factor = DURATION_UNITS[name] ?? 1;
    if (length >= factor && length % factor === 0 && (name !== "m" || length >= 120_000))
      return `${length / factor}${name}`;
  }
  return length >= 1_000 && length % 100 === 0 ? `${length / 1_000}s` : `${length}ms`;
}

/** Rounds for a sentence: a length of one second or more to a tenth of a second, a shorter length to a millisecond. */
export function roundedDuration(length: DurationMs): DurationMs {
  return durationMs(length < 1_000 ? Math.round(length) : Math.round(length / 100) * 100);
}
