/**
 * The most frequent error of a function of which no invocation succeeded, from the answers and the function's log: an event of the journal,
 * and a member of the result.
 */
import { z } from "zod";
import { member, type Recorded, type SchemaOf } from "./schema/member.ts";
import { COUNT, TEXT, TEXT_OR_NULL } from "./schema/result-members.ts";

export const NOTHING_SUCCEEDED = {
  failed: member("kept", COUNT),
  times: member("kept", COUNT, { about: "how many of the failed invocations had this error" }),
  errorType: member("errorType", TEXT_OR_NULL),
  errorMessage: member("text", TEXT_OR_NULL),
  lines: member("text", z.array(TEXT), {
    about:
      "lines of the log that show where the error was thrown, or the last lines of a process that exited. Empty if the log shows neither",
  }),
  logStream: member("stream", TEXT_OR_NULL),
} as const;
export type NothingSucceeded = Recorded<SchemaOf<typeof NOTHING_SUCCEEDED>>;
