const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number): string => String(value).padStart(2, "0");

/** `mm:ss`, `h:mm:ss` or `3d 04:05:06`, with decimals of a second (truncated, not rounded). */
export function formatOffset(offsetMs: number, decimals: 0 | 1 | 2 | 3 = 0): string {
  const step = SECOND / 10 ** decimals;
  const shown = Math.floor(Math.abs(offsetMs) / step + 1e-6) * step;
  const sign = offsetMs < 0 && shown > 0 ? "-" : "";
  const days = Math.floor(shown / DAY);
  const hours = Math.floor((shown % DAY) / HOUR);
  const minutes = Math.floor((shown % HOUR) / MINUTE);
  const seconds = Math.floor((shown % MINUTE) / SECOND);
  const rest = Math.round(shown % SECOND);
  const fraction = decimals === 0 ? "" : `.${String(rest).padStart(3, "0").slice(0, decimals)}`;
  const clock = `${two(minutes)}:${two(seconds)}${fraction}`;
  if (days > 0) return `${sign}${days}d ${two(hours)}:${clock}`;
  return hours > 0 ? `${sign}${hours}:${clock}` : `${sign}${clock}`;
}

/** `41 ms`, `8.1 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatLength(lengthMs: number): string {
  if (lengthMs < 0) return `-${formatLength(-lengthMs)}`;
  if (lengthMs < 9.95) return `${trimZero(lengthMs.toFixed(1))} ms`;
  if (lengthMs < 999.5) return `${Math.round(lengthMs)} ms`;
  if (lengthMs < MINUTE - 50) return `${trimZero((lengthMs / SECOND).toFixed(1))} s`;
  const seconds = Math.round(lengthMs / SECOND);
  if (seconds < HOUR / SECOND) return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(lengthMs / MINUTE);
  if (minutes < DAY / MINUTE) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(lengthMs / HOUR);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** `25 Nov 2026 01:02:03 UTC`. */
export function formatInstant(instant: number): string {
  const iso = new Date(instant).toISOString();
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1] ?? ""} ${iso.slice(0, 4)} ${iso.slice(11, 19)} UTC`;
}

/** `01:02:03.456 UTC`. */
export function formatClock(instant: number): string {
  return `${new Date(instant).toISOString().slice(11, 23)} UTC`;
}

/** Epoch milliseconds of an ISO 8601 text. Null if the text is no instant. */
export function instantOf(text: string | null): number | null {
  if (text === null) return null;
  const value = Date.parse(text);
  return Number.isNaN(value) ? null : value;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

function pair(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
