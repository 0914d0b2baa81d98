/**
 * One event of a CloudWatch log stream, kept verbatim as FilterLogEvents gave it. There is one JSON object on each line of
 * `logs/<label>.jsonl`. The members have CloudWatch's names, so exported logs have the same form.
 */
import { z } from "zod";
import { isInstant } from "../base/time.ts";
import { member, record, type Recorded } from "./schema/member.ts";

export const LOG_RECORD = record({
  logGroup: member("group", z.string()),
  logStreamName: member("stream", z.string()),
  timestamp: member("instant", z.custom<number>(isInstant), {
    about: "epoch milliseconds, set by the writer of the line",
  }),
  message: member("message", z.string()),
  ingestionTime: member("instant", z.number().nullable(), {
    about: "epoch milliseconds at which CloudWatch received it. Null if an export does not contain this time",
    checked: false,
  }),
  eventId: member("eventId", z.string().nullable(), {
    about: "CloudWatch's id, by which duplicates are found. Null if an export does not contain it",
    checked: false,
  }),
});
export type LogRecord = Recorded<typeof LOG_RECORD>;
