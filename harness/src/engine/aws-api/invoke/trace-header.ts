/** The X-Ray trace header of an invocation: the caller's, or a new one that is not sampled (docs/aws/invoke-api.md#answer). */
import { randomUUID } from "node:crypto";
import type { EpochMs } from "../../../base/time.ts";

const WELL_FORMED = /^[A-Za-z0-9=;:_|.-]{1,256}$/;

export function traceHeader(sent: string | string[] | undefined, now: EpochMs): string {
  if (typeof sent === "string" && /^Root=/i.test(sent) && WELL_FORMED.test(sent)) return sent;
  const root = digitsOf(randomUUID());
  const parent = digitsOf(randomUUID()).slice(0, 16);
  const seconds = Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${root};Parent=${parent};Sampled=0`;
}

/** Returns the first 24 digits. */
function digitsOf(uuid: string): string {
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24, 28);
}
