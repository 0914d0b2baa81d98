/**
 * The record that an execution environment of the local engine ended: a line of `logs/applied.jsonl`. If environments end because the engine
 * itself ends, there is no such line. AWS logs nothing like it, so no check requires it.
 */
import { z } from "zod";
import { APPLIED_ENTRY } from "./plan-file.ts";
import { ENDINGS } from "./plan.ts";
import { member, record, type Recorded } from "./schema/member.ts";

export const ENDED = "ended";

const ENDED_ENVIRONMENT = record({
  result: member("kept", z.literal(ENDED)),
  functionName: member("functionName", z.string(), { about: "as the engine knows it" }),
  environment: member("stream", z.string(), { about: "the log stream" }),
  time: member("time", z.string(), { about: "from which none of its processes was running" }),
  ending: member("kept", z.enum(ENDINGS)),
});
export type EndedEnvironment = Recorded<typeof ENDED_ENVIRONMENT>;

/** A line of `logs/applied.jsonl`. */
export const PLATFORM_RECORD = z.discriminatedUnion("result", [APPLIED_ENTRY, ENDED_ENVIRONMENT]);
export type PlatformRecord = Recorded<typeof PLATFORM_RECORD>;

export function isEnd(record: PlatformRecord): record is EndedEnvironment {
  return record.result === ENDED;
}
