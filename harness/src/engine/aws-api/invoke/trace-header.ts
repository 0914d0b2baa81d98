/** The X-Ray trace header of an invocation: the caller's, or a new one that is not sampled (docs/aws/invoke-api.md#answer). */
import { randomUUID } from "node:crypto";
import type { EpochMs } from "../../../units/time.ts";

const WELL_FORMED = /^[A-Za-z0-9=;:_|.-]{1,256}$/;

export function traceHeader(sent: string | string[] | undefined, now: EpochMs): string {
  if (typeof sent === "string" && /^Root=/i.test(sent) && WELL_FORMED.test(sent)) return sent;
  const digits = randomUUID().replaceAll("-", "");
  const parent = randomUUID().replaceAll("-", "").slice(0, 16);
  const seconds = Math.floor(now / 1_000)
    .toString(16)
    .padStart(8, "0");
  return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${parent};Sampled=0`;
}
