/** Parses a time of an export into epoch milliseconds, or returns null. A time without a zone is UTC, as in CloudWatch. */
import { isInstant } from "../../base/time.ts";

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/;

/** Groups: the whole time, date, time of day, fraction and zone. */
export const TIME_AT_START =
  /^((\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?)(?=[\s,;|]|$)/;

/** How many digits a time has today, counted from 1970 in seconds, milliseconds, microseconds and nanoseconds. */
const EPOCH_DIGITS: readonly number[] = [10, 13, 16, 19];
const MILLISECOND_DIGITS = 13;

export function parseInstant(value: unknown): number | null {
  if (typeof value === "number") return isInstant(value) ? value : null;
  if (typeof value !== "string") return null;
  if (/^\d+$/.test(value)) {
    // A number cannot hold nanoseconds exactly, so the digits after the milliseconds are cut off first.
    return EPOCH_DIGITS.includes(value.length)
      ? Number(value.slice(0, MILLISECOND_DIGITS).padEnd(MILLISECOND_DIGITS, "0"))
      : null;
  }
  return parseIsoInstant(value);
}

export function parseIsoInstant(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const fraction = (match[3] ?? "").slice(0, 3).padEnd(3, "0");
  const time = Date.parse(`${match[1]}T${match[2]}.${fraction}${zone(match[4])}`);
  return isInstant(time) ? time : null;
}

function zone(text: string | undefined): string {
  if (text === undefined) return "Z";
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}
