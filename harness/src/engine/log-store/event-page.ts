/** The size and the time range of a page of events, for all operations that return events. Pure. */
import type { RequestMembers } from "../request-validation/request-members.ts";
import { invalidLogsParameter } from "./logs-error.ts";

export const PAGE_EVENTS_MAX = 10_000;
export const PAGE_BYTES_MAX = 1_048_576;

/** If `startTime` or `endTime` is absent, the range has no limit at that end. */
export function readTimeRange(members: RequestMembers): { readonly from: number; readonly to: number } {
  const from = members.integer("startTime");
  const to = members.integer("endTime");
  if (from !== undefined && to !== undefined && to < from)
    throw invalidLogsParameter("endTime must not be before startTime.");
  return { from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER };
}
