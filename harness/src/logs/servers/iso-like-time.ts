/** Reads a time such as `2026-11-25 01:02:03.456`. Returns null if the text is no such time, or if its zone is unknown. */
import type { EpochMs } from "../../base/time.ts";
import type { LogClock } from "./log-clock.ts";

export function isoLikeTime(clock: LogClock, text: string, zone: string | null): EpochMs | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/.exec(text);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((found[7] ?? "").padEnd(3, "0").slice(0, 3));
  return clock.instant({ year, month, day, hour, minute, second, millisecond }, zone);
}
